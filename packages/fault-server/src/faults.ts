import type { Fault, Scenario } from './fault.ts';
import { BODIES } from './faults/bodies.ts';
import { CONNECTING } from './faults/connecting.ts';
import { KEEP_ALIVE } from './faults/keep-alive.ts';
import { MESSAGES } from './faults/messages.ts';
import { ODD_REDIRECTS, REDIRECTS } from './faults/redirects.ts';
import { RETRY_AFTER } from './faults/retry-after.ts';
import { SCENARIOS } from './faults/scenarios.ts';
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

/** The fault or scenario of this name. */
export function scenarioNamed(name: string): Scenario {
  return named<Scenario>(name, [...Object.values(FAULTS).flat(), ...SCENARIOS]);
}

function named<Kind extends Scenario>(name: string, candidates: readonly Kind[]): Kind {
  const found = candidates.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no fault named ${JSON.stringify(name)}.`);
  return found;
}
