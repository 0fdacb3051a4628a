import { type Fields, invalid, isBoolean, isFunction, ownFields, readNumber, readOptional } from './option-checks.ts';
import { hasFields, isBytes, ownField } from './shape.ts';
import { PRINTABLE } from './headers.ts';
import { parseUrl } from './parse-url.ts';

/** One attempt, as told to the `onAttempt` hook. Nothing in it is secret or personal. */
export interface AttemptEvent {
  /** The call's id, shared by its attempts and its error. */
  readonly requestId: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** What failed; `undefined` if the attempt succeeded. */
  readonly code: string | undefined;
  /** HTTP status of the answer, if a whole one came. */
  readonly upstreamStatus: number | undefined;
  /** Milliseconds that this attempt took. */
  readonly durationMs: number;
}

/** How a call is repeated. */
export interface RetryOptions {
  /** How often a call is sent at most, the first time included: 1 to 10; 3 unless given. */
  readonly attempts?: number | undefined;
  /** Upper bound in milliseconds of the first random wait, doubled for each further one; 200 unless given. */
  readonly minDelayMs?: number | undefined;
  /** Upper bound in milliseconds of every random wait; 2,000 unless given. */
  readonly maxDelayMs?: number | undefined;
}

/** The part of `fetch` that is used: any function of this shape will do. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** An agent of node:http(s), or of a package that extends it. */
export interface HttpAgent {
  readonly destroy: () => void;
}

/** What a client can be told. Keys that are left out come from the environment. */
export interface FaceVerifyOptions {
  /** Your API key, sent as `x-auth-client`; else `FACEVERIFY_API_KEY`. Printable ASCII without spaces. */
  readonly apiKey?: string;
  /** Your secret key, text or bytes, never sent; else `FACEVERIFY_SECRET_KEY`. */
  readonly secretKey?: string | Uint8Array;
  /** Origin of the API; else `FACEVERIFY_BASE_URL`, else `https://start.faceverify.ai`. */
  readonly baseUrl?: string | undefined;
  /** Allows http to a host other than loopback, such as a container's. Off unless `true`. */
  readonly allowHttp?: boolean | undefined;
  /** Milliseconds for a whole call, waits included; 10,000 unless given. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for one attempt: connect, headers and body; 5,000 unless given. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Milliseconds to connect, TLS included; 3,000 unless given. On Node without `fetch` only. */
  readonly connectTimeoutMs?: number | undefined;
  /** When and how often a call is repeated; `false`: never. */
  readonly retry?: false | RetryOptions | undefined;
  /** Further hosts, such as `verify.example.com`, on which a session's `url` may be. */
  readonly sessionHosts?: readonly string[] | undefined;
  /** Sends with this function, on Node too: for an egress proxy, tracing, or an emulator. */
  readonly fetch?: Fetch | undefined;
  /** Sends through this agent. On Node without `fetch` only; `close()` leaves it to you. */
  readonly agent?: HttpAgent | undefined;
  /** Called after every attempt. What it throws is ignored. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
}

/** Options after the one check: complete, and every key an own one. */
export interface Settings {
  readonly apiKey: string;
  readonly secretKey: string | Uint8Array;
  /** An origin: scheme, host and port, nothing behind. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly retry: { readonly attempts: number; readonly minDelayMs: number; readonly maxDelayMs: number };
  /** Hosts, with their port where it is not the default, on which a session's url may be. */
  readonly sessionHosts: ReadonlySet<string>;
  readonly fetch: Fetch | undefined;
  readonly agent: HttpAgent | undefined;
  readonly onAttempt: ((event: AttemptEvent) => void) | undefined;
}

/** Variables by name: `process.env`, or a Worker's bindings. */
export type Environment = Readonly<Record<string, unknown>>;

/** Where the vendor's API is. Source: the vendor's page. */
export const DEFAULT_BASE_URL = 'https://start.faceverify.ai';

const OPTION_NAMES = [
  'apiKey',
  'secretKey',
  'baseUrl',
  'allowHttp',
  'timeoutMs',
  'attemptTimeoutMs',
  'connectTimeoutMs',
  'retry',
  'sessionHosts',
  'fetch',
  'agent',
  'onAttempt',
] as const satisfies readonly (keyof FaceVerifyOptions)[];
const RETRY_NAMES = ['attempts', 'minDelayMs', 'maxDelayMs'] as const satisfies readonly (keyof RetryOptions)[];

/** Whether options hold keys of their own, so that no environment is needed. */
export function holdsKeys(options: FaceVerifyOptions): boolean {
  return Object.hasOwn(options, 'apiKey') || Object.hasOwn(options, 'secretKey');
}

/** Whether these are variables with a key of ours among them, be it one that will be refused. */
export function holdsKeyVariables(given: unknown): given is Environment {
  return hasFields(given) && ('FACEVERIFY_API_KEY' in given || 'FACEVERIFY_SECRET_KEY' in given);
}

/** Checks options once and completes them. Throws `invalid_options`; no message quotes a value. */
export function readOptions(options: unknown, environment: Environment = processEnvironment()): Settings {
  const given = ownFields(options, 'options', OPTION_NAMES);
  const keys = readKeys(given, environment);
  const baseUrl = readBaseUrl(given, environment);
  if (given['fetch'] !== undefined && given['agent'] !== undefined) {
    throw invalid('agent', 'has no effect together with fetch');
  }
  return Object.freeze({
    ...keys,
    baseUrl,
    timeoutMs: readNumber(given, 'timeoutMs', 10_000),
    attemptTimeoutMs: readNumber(given, 'attemptTimeoutMs', 5_000),
    connectTimeoutMs: readNumber(given, 'connectTimeoutMs', 3_000),
    retry: readRetry(given['retry']),
    sessionHosts: new Set([new URL(baseUrl).host, ...readSessionHosts(given)]),
    // Safe: with what a function can be called, or what an agent does, nobody can check.
    fetch: readOptional(given, 'fetch', isFunction, 'a function') as Fetch | undefined,
    agent: readOptional(
      given,
      'agent',
      (value) => hasFields(value, 'addRequest'),
      'an Agent of node:http or node:https',
    ) as HttpAgent | undefined,
    onAttempt: readOptional(given, 'onAttempt', isFunction, 'a function') as Settings['onAttempt'],
  });
}

/** Both keys from the options or both from the environment: a mixture would be a signature that is refused. */
function readKeys(given: Fields, environment: Environment): Pick<Settings, 'apiKey' | 'secretKey'> {
  const passed = 'apiKey' in given || 'secretKey' in given;
  const read = (name: 'apiKey' | 'secretKey', variable: string): unknown => {
    const value = passed ? given[name] : ownField(environment, variable);
    if (value === undefined || value === '') {
      throw invalid(
        name,
        passed
          ? 'is missing: pass both { apiKey, secretKey }. Is the variable that it comes from set?'
          : `is missing: set ${variable} in the environment, or pass { apiKey, secretKey }`,
      );
    }
    return value;
  };
  const apiKey = read('apiKey', 'FACEVERIFY_API_KEY');
  const secretKey = read('secretKey', 'FACEVERIFY_SECRET_KEY');
  checkKey('apiKey', apiKey);
  if (isBytes(secretKey) && secretKey.length > 0) return { apiKey, secretKey: Uint8Array.from(secretKey) };
  checkKey('secretKey', secretKey);
  return { apiKey, secretKey };
}

function checkKey(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || !PRINTABLE.test(value)) {
    throw invalid(name, 'must be printable ASCII without spaces: was a line end copied along?');
  }
}

function readBaseUrl(given: Fields, environment: Environment): string {
  // oxlint-disable-next-line typescript/prefer-nullish-coalescing, typescript/strict-boolean-expressions -- An empty variable is none.
  const text = given['baseUrl'] ?? (ownField(environment, 'FACEVERIFY_BASE_URL') || DEFAULT_BASE_URL);
  const url = typeof text === 'string' ? parseUrl(text) : undefined;
  if (url?.href !== `${url?.origin}/` || !/^https?:$/.test(url.protocol)) {
    throw invalid('baseUrl', `must be an origin such as ${DEFAULT_BASE_URL}, without a path`);
  }
  const loopback = /^(?:localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(url.hostname);
  const allowHttp = readOptional(given, 'allowHttp', isBoolean, 'true or false') === true;
  if (url.protocol === 'http:' && !loopback && !allowHttp) {
    throw invalid('baseUrl', 'must be https; for a container network set allowHttp: true');
  }
  return url.origin;
}

function readSessionHosts(given: Fields): readonly string[] {
  // Safe: isHosts has just found an array of strings.
  return (readOptional(given, 'sessionHosts', isHosts, 'a list of hosts such as "verify.example.com", in lower case') ??
    []) as readonly string[];
}

function isHosts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isHost);
}

/** In the form in which a URL has it, else it could never match. */
function isHost(value: unknown): boolean {
  return typeof value === 'string' && parseUrl(`https://${value}`)?.host === value;
}

function readRetry(value: unknown): Settings['retry'] {
  const given = ownFields(value === false ? { attempts: 1 } : (value ?? {}), 'retry', RETRY_NAMES);
  return {
    attempts: readNumber(given, 'attempts', 3, 10),
    minDelayMs: readNumber(given, 'minDelayMs', 200),
    maxDelayMs: readNumber(given, 'maxDelayMs', 2_000),
  };
}

const NO_ENVIRONMENT: Environment = {};

/** The variables of the process; none where the runtime has no process. */
export function processEnvironment(): Environment {
  const { process } = globalThis as { process?: { env?: Environment } };
  return process?.env ?? NO_ENVIRONMENT;
}
