import { FaceVerifyError } from './errors.ts';

/** An object's own fields by name, without a prototype. */
export type Fields = Readonly<Record<string, unknown>>;

/** An own field, never one of a polluted prototype; `undefined` if there is none. */
export function ownField(value: unknown, name: string): unknown {
  // Safe: an object can be read by any name.
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Whether `value` is an object with these fields, own or inherited. Not `instanceof`: it may come from another realm. */
export function hasFields(value: unknown, ...names: string[]): value is object {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}

/** Whether `value` is a Uint8Array, such as a Buffer, of any realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && (value as Partial<Uint8Array>)[Symbol.toStringTag] === 'Uint8Array';
}

export function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

/** The type of a value, for messages. */
export function typeOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

/** The parsed URL; `undefined` if `text` is not one. */
export function parseUrl(text: string): URL | undefined {
  // URL.canParse of Node 20 and 22 refuses a host such as müller.example once the compiler has optimised it.
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Whether a host name of a URL always means this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|\[::1\]|127\.[\d.]+)$/.test(hostname);
}

type OptionsCode = 'invalid_options' | 'invalid_params';

/** The own fields of `options`, all of them `known`. */
export function readFields(
  options: unknown,
  what: string,
  known: readonly string[],
  code: OptionsCode = 'invalid_options',
): Fields {
  if (!isPlainObject(options)) throw new FaceVerifyError(code, `${what} must be a plain object.`);
  checkNames(options, what, known, code);
  const fields = Object.create(null) as Record<string, unknown>;
  for (const name of known) if (Object.hasOwn(options, name)) fields[name] = ownField(options, name);
  return fields;
}

/** Only own fields are read: those of a class, a Map or a forgotten promise would be left out unnoticed. */
export function isPlainObject(value: unknown): value is object {
  if (!hasFields(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  // Object.prototype of any realm: it alone has this method of its own, and nothing above it.
  return hasFields(prototype) && Object.hasOwn(prototype, 'isPrototypeOf') && Object.getPrototypeOf(prototype) === null;
}

/** Throws if `value` has a field that is not `known`. */
export function checkNames(value: object, what: string, known: readonly string[], code: OptionsCode): void {
  const unknown = Reflect.ownKeys(value).find((name) => typeof name === 'symbol' || !known.includes(name));
  if (unknown !== undefined) {
    const problem = `${what} has no option ${JSON.stringify(String(unknown))}. Options: ${known.join(', ')}.`;
    throw new FaceVerifyError(code, problem);
  }
}

const TEN_MINUTES_MS = 600_000;

/** A whole number from 1 to `max`: milliseconds by default. */
export function readNumber(given: Fields, name: string, defaultValue: number, max: number = TEN_MINUTES_MS): number {
  const value = given[name] ?? defaultValue;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw invalidOption(name, `must be a whole number from 1 to ${max}`);
}

/** A field that may be left out. */
export function readOptional(
  given: Fields,
  name: string,
  accepts: (value: unknown) => boolean,
  expected: string,
): unknown {
  const value = given[name];
  if (value === undefined || accepts(value)) return value;
  throw invalidOption(name, `must be ${expected}`);
}

/** The error for a parameter of a call; `problem` never quotes a value. */
export function invalidParams(problem: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', problem);
}

/** The error for an option; `problem` never quotes a value. */
export function invalidOption(name: string, problem: string): FaceVerifyError {
  return new FaceVerifyError('invalid_options', `${name} ${problem}.`);
}
