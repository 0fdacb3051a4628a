import { FaceVerifyError } from './failure.ts';

/** What was given, by name; without a prototype. */
export type Fields = Readonly<Record<string, unknown>>;

const MAX_MILLISECONDS = 600_000;

/** A time in milliseconds. */
export function readMilliseconds(given: Fields, name: string, unlessGiven: number, prefix = ''): number {
  const value = given[name] ?? unlessGiven;
  if (typeof value !== 'number' || !(value >= 1 && value <= MAX_MILLISECONDS)) {
    throw invalid(prefix + name, 'must be milliseconds, from 1 to 600000');
  }
  return value;
}

/** A value that may be left out. */
export function readOptional<T>(
  given: Fields,
  name: string,
  accepts: (value: unknown) => value is T,
  form: string,
): T | undefined {
  const value = given[name];
  if (value === undefined || accepts(value)) return value;
  throw invalid(name, `must be ${form}`);
}

/** Whether it can be called; with what, nobody can know. */
export function isFunction<T>(value: unknown): value is T {
  return typeof value === 'function';
}

/** The own fields of `value`: what hangs on a polluted prototype is never an option. */
export function ownFields(value: unknown, what: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(what, `must be an object with any of: ${known.join(', ')}`);
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      throw invalid(what, `has no option ${JSON.stringify(name)}. Known are: ${known.join(', ')}`);
    }
  }
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

/** The error for an option; `problem` never quotes a value. */
export function invalid(name: string, problem: string): FaceVerifyError {
  return new FaceVerifyError('invalid_options', `${name} ${problem}.`);
}
