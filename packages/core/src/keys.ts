import { PRINTABLE } from './headers.ts';
import { type Fields, hasFields, invalidOption, isBytes, ownField } from './validation.ts';

/** Variables by name: `process.env`, or the bindings of a Worker. */
export type Environment = Readonly<Record<string, unknown>>;

/** The pair of keys that identifies an account of the vendor. */
export interface Keys {
  readonly apiKey: string;
  readonly secretKey: string | Uint8Array;
}

export const VARIABLES = { apiKey: 'FACEVERIFY_API_KEY', secretKey: 'FACEVERIFY_SECRET_KEY' } as const;
export const BASE_URL_VARIABLE = 'FACEVERIFY_BASE_URL';

/** Whether options have a key of their own, whatever its value. */
export function hasOwnKey(options: object): boolean {
  return Object.hasOwn(options, 'apiKey') || Object.hasOwn(options, 'secretKey');
}

/** Whether `given` has a variable for what these options leave out: a key, or the base URL. */
export function hasVariableFor(options: object, given: unknown): given is Environment {
  if (!hasFields(given)) return false;
  return hasOwnKey(options) ? BASE_URL_VARIABLE in given : VARIABLES.apiKey in given || VARIABLES.secretKey in given;
}

/** Both keys from the options, or both from the environment: a mixture would be of two accounts. */
export function readKeys(given: Fields, environment: Environment): Keys {
  const fromOptions = hasOwnKey(given);
  const read = (name: keyof Keys): unknown => {
    const value = fromOptions ? given[name] : ownField(environment, VARIABLES[name]);
    if (value !== undefined && value !== '') return value;
    const advice = fromOptions
      ? 'Pass both apiKey and secretKey, and check that the variable you read them from is set'
      : `Set ${VARIABLES[name]}, or pass { apiKey, secretKey }`;
    throw invalidOption(name, `is missing. ${advice}`);
  };
  const apiKey = read('apiKey');
  const secretKey = read('secretKey');
  checkKey('apiKey', apiKey);
  if (isBytes(secretKey) && secretKey.length > 0) {
    checkBytes(secretKey);
    return { apiKey, secretKey: Uint8Array.from(secretKey) };
  }
  checkKey('secretKey', secretKey);
  return { apiKey, secretKey };
}

const UNTRIMMED = 'holds a byte order mark or a line end. Remove it with text.trim()';

/**
 * What a key cannot be, and why: remains of the place that it was copied from. Only forms that no key can have, since a
 * legal key may hold a `$`, a `=` or a quote.
 */
const MISTAKES: readonly (readonly [form: RegExp, problem: string])[] = [
  [/^[\uFEFF\r\n]|[\uFEFF\r\n]$/, UNTRIMMED],
  [/^(["'`]).*\1$/s, 'has quotes around it. Remove them'],
  [/^(?:undefined|null)$/, 'is "undefined" or "null". Check that its variable is set'],
  [/^\$(?:\{\w+\}|[A-Z][A-Z\d]*_[A-Z\d_]*)$/, 'is the name of a variable. Pass its value'],
  [/^FACEVERIFY_(?:API|SECRET)_KEY=/, 'begins with the name of its variable. Pass what follows the "="'],
  [/^$|[^\x21-\x7e]/, 'must be printable ASCII without spaces'],
];

function checkKey(name: string, value: unknown): asserts value is string {
  const text = typeof value === 'string' ? value : '';
  const mistake = MISTAKES.find(([form]) => form.test(text));
  if (mistake !== undefined) throw invalidOption(name, mistake[1]);
}

/** Bytes may be anything, but text that was read from a file may hold more than the key. */
function checkBytes(bytes: Uint8Array): void {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (/^\uFEFF?[\r\n]*[\x21-\x7e]+[\r\n]*$/.test(text) && !PRINTABLE.test(text)) {
    throw invalidOption('secretKey', UNTRIMMED);
  }
}
