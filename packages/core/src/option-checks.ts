import { FaceVerifyError, type FailureCode } from './failure.ts';
import { hasFields } from './shape.ts';

/** What was given, by name; without a prototype. */
export type Fields = Readonly<Record<string, unknown>>;

const TEN_MINUTES_MS = 600_000;

/** A whole number from 1 to `most`: milliseconds, unless another bound is given. */
export function readNumber(given: Fields, name: string, unlessGiven: number, most: number = TEN_MINUTES_MS): number {
  const value = given[name] ?? unlessGiven;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw invalid(name, `must be a whole number from 1 to ${most}`);
}

/** A value that may be left out. */
export function readOptional(
  given: Fields,
  name: string,
  accepts: (value: unknown) => boolean,
  expected: string,
): unknown {
  const value = given[name];
  if (value === undefined || accepts(value)) return value;
  throw invalid(name, `must be ${expected}`);
}

/** The own fields of `value`, all of them `known`: what hangs on a polluted prototype is no option. */
export function ownFields(
  value: unknown,
  what: string,
  known: readonly string[],
  code: FailureCode = 'invalid_options',
): Fields {
  if (!hasFields(value) || Array.isArray(value)) throw new FaceVerifyError(code, `${what} must be an object.`);
  refuseUnknown(value, what, known, code);
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

/** Throws where `value` has a field that is not `known`. */
export function refuseUnknown(value: object, what: string, known: readonly string[], code: FailureCode): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new FaceVerifyError(
      code,
      `${what} has no option ${JSON.stringify(unknown)}. Known are: ${known.join(', ')}.`,
    );
  }
}

/** Whether it can be called. */
export function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** Whether it is `true` or `false`. */
export function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

/** The error for a parameter of a call; `problem` never quotes a value. */
export function invalidParams(problem: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', problem);
}

/** The error for an option; `problem` never quotes a value. */
export function invalid(name: string, problem: string): FaceVerifyError {
  return new FaceVerifyError('invalid_options', `${name} ${problem}.`);
}
