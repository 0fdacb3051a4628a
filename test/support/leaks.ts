import { Buffer } from 'node:buffer';
import { inspect } from 'node:util';

/** A value that must not be found, and the name by which a failed test reports it. */
export interface Secret {
  readonly what: string;
  readonly value: string;
}

/** A list of secrets from values by their names. */
export function secretsNamed(values: Readonly<Record<string, string>>): Secret[] {
  return Object.entries(values).map(([what, value]) => ({ what, value }));
}

/** The names of all `secrets` that `text` holds, in plain or in any usual encoding. */
export function leaksIn(text: string, secrets: readonly Secret[]): string[] {
  const lower = text.toLowerCase();
  return secrets.flatMap(({ what, value }) =>
    spellingsOf(value)
      // Hexadecimal and percent-encoding come in both cases; comparing all in lower case misses nothing.
      .filter(([, spelling]) => lower.includes(spelling.toLowerCase()))
      .map(([encoding]) => `${what} (${encoding})`),
  );
}

type Spellings = ReadonlyArray<readonly [encoding: string, spelling: string]>;

const known = new Map<string, Spellings>();

function spellingsOf(value: string): Spellings {
  const spellings = known.get(value) ?? spell(value);
  known.set(value, spellings);
  return spellings;
}

function spell(value: string): Spellings {
  const bytes = Buffer.from(value, 'utf8');
  return [
    ['plain', value],
    ['JSON', JSON.stringify(value).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['URL', encodeURIComponent(value)],
    ['form', new URLSearchParams({ '': value }).toString().slice(1)],
    ['hex', bytes.toString('hex')],
    ...(['base64', 'base64url'] as const).flatMap((encoding) =>
      // Inside a longer text a value may begin at any of three places of a group of base64.
      [0, 1, 2].map((before) => {
        const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
        const first = Math.ceil((before * 8) / 6);
        const last = Math.floor((shifted.length * 8) / 6);
        return [`${encoding}, ${before} before`, shifted.toString(encoding).slice(first, last)] as const;
      }),
    ),
  ];
}

/** Everything that a program can show of a value: as text, as JSON, in a debugger, and along its causes. */
export function everythingOf(value: unknown, how: { depth?: number; getters?: boolean } = {}): string {
  const shown = [attempt(() => inspect(value, { showHidden: true, depth: 10, getters: true, ...how }))];
  for (let at = value, causes = 0; at !== undefined && at !== null && causes < 10; causes++) {
    const current = at;
    shown.push(
      attempt(() => String(current)),
      attempt(() => JSON.stringify(current)),
    );
    if (!(current instanceof Error)) break;
    shown.push(current.message, current.stack ?? '', JSON.stringify(Object.getOwnPropertyDescriptors(current)));
    at = current.cause;
  }
  return shown.join('\n');
}

function attempt(show: () => string | undefined): string {
  try {
    return show() ?? '';
  } catch {
    return ''; // What cannot be shown, such as JSON of something circular, shows nothing.
  }
}
