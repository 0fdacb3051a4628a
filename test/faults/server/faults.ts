import type { Fault, Behavior } from './fault.ts';
import { BODIES } from './faults/bodies.ts';
import { CONNECTING } from './faults/connecting.ts';
import { KEEP_ALIVE } from './faults/keep-alive.ts';
import { MESSAGES } from './faults/messages.ts';
import { ODD_REDIRECTS, REDIRECTS } from './faults/redirects.ts';
import { RETRY_AFTER } from './faults/retry-after.ts';
import { BEHAVIORS } from './faults/behaviors.ts';
import { SESSION_URLS } from './faults/session-urls.ts';
import { STATUSES } from './faults/statuses.ts';

/** Every fault, by what it strikes. */
export const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  connecting: CONNECTING,
  messages: MESSAGES,
  statuses: STATUSES,
  'Retry-After': RETRY_AFTER,
  redirects: [...REDIRECTS, ...ODD_REDIRECTS],
  bodies: BODIES,
  'session urls': SESSION_URLS,
  'kept connections': KEEP_ALIVE,
};

/** The fault of this name. */
export function faultNamed(name: string): Fault {
  return named(name, Object.values(FAULTS).flat());
}

/** The fault or behavior of this name. */
export function behaviorNamed(name: string): Behavior {
  return named<Behavior>(name, [...Object.values(FAULTS).flat(), ...BEHAVIORS]);
}

function named<Kind extends Behavior>(name: string, candidates: readonly Kind[]): Kind {
  const found = candidates.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no fault named ${JSON.stringify(name)}.`);
  return found;
}
