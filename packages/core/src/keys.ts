import { PRINTABLE } from './headers.ts';
import { type Fields, hasFields, invalidOption, isBytes, ownField } from './validation.ts';

/** Variables by name: `process.env`, or the bindings of a Worker. */
export type Environment = Readonly<Record<string, unknown>>;

/** The pair of keys that identifies an account of the vendor. */
export interface Keys {
  readonly apiKey: string;
  readonly secretKey: string | Uint8Array;
}

const VARIABLES = { apiKey: 'FACEVERIFY_API_KEY', secretKey: 'FACEVERIFY_SECRET_KEY' } as const;

/** The variables of the process; none if the runtime has no process. */
export function processEnvironment(): Environment {
  const { process } = globalThis as { process?: { env?: Environment } };
  return process?.env ?? {};
}

/** Whether options have a key of their own, whatever its value. */
export function hasOwnKey(options: object): boolean {
  return Object.hasOwn(options, 'apiKey') || Object.hasOwn(options, 'secretKey');
}

/** Whether `given` has a variable for what these options leave out: a key, or the base URL. */
export function hasVariableFor(options: object, given: unknown): given is Environment {
  if (!hasFields(given)) return false;
  return hasOwnKey(options)
    ? 'FACEVERIFY_BASE_URL' in given
    : VARIABLES.apiKey in given || VARIABLES.secretKey in given;
}

/** Both keys from the options, or both from the environment: a mixture would be of two accounts. */
export function readKeys(given: Fields, environment: Environment): Keys {
  const fromOptions = hasOwnKey(given);
  const read = (name: keyof Keys): unknown => {
    const value = fromOptions ? given[name] : ownField(environment, VARIABLES[name]);
    if (value !== undefined && value !== '') return value;
    const advice = fromOptions
      ? 'Pass both apiKey and secretKey, and check that the variable you read them from is set'
      : `Set ${VARIABLES[name]} in the environment, or pass { apiKey, secretKey }`;
    throw invalidOption(name, `is missing. ${advice}`);
  };
  const apiKey = read('apiKey');
  const secretKey = read('secretKey');
  checkKey('apiKey', apiKey);
  if (isBytes(secretKey) && secretKey.length > 0) return { apiKey, secretKey: Uint8Array.from(secretKey) };
  checkKey('secretKey', secretKey);
  return { apiKey, secretKey };
}

function checkKey(name: string, value: unknown): asserts value is string {
  if (typeof value === 'string' && PRINTABLE.test(value)) return;
  throw invalidOption(name, 'must be printable ASCII without spaces. Check that no line end was copied with it');
}
