import type { FaceVerifyError } from './failure.ts';
import { type Fields, invalid, isFunction, ownFields, readMilliseconds, readOptional } from './option-checks.ts';
import { ownField } from './own-field.ts';
import { PRINTABLE } from './signing.ts';

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

/** Checks options once and completes them. Throws `invalid_options`; no message quotes a value. */
export function readOptions(options: unknown, environment: Environment = processEnvironment()): Settings {
  const given = ownFields(options, 'options', OPTION_NAMES);
  const { apiKey, secretKey } = readKeys(given, environment);
  const baseUrl = readBaseUrl(given['baseUrl'] ?? ownField(environment, 'FACEVERIFY_BASE_URL'), given['allowHttp']);
  const sessionHosts = readSessionHosts(given['sessionHosts'], baseUrl);
  const fetch = readOptional(given, 'fetch', isFunction<Fetch>, 'a function like the global fetch');
  const agent = readOptional(given, 'agent', isAgent, 'an Agent of node:http or node:https');
  if (fetch !== undefined && agent !== undefined) {
    throw invalid('agent', 'has no effect together with fetch: give one of the two');
  }
  return Object.freeze({
    apiKey,
    secretKey,
    baseUrl,
    timeoutMs: readMilliseconds(given, 'timeoutMs', 10_000),
    attemptTimeoutMs: readMilliseconds(given, 'attemptTimeoutMs', 5_000),
    connectTimeoutMs: readMilliseconds(given, 'connectTimeoutMs', 3_000),
    retry: readRetry(given['retry']),
    sessionHosts,
    fetch,
    agent,
    onAttempt: readOptional(given, 'onAttempt', isFunction<(event: AttemptEvent) => void>, 'a function'),
  });
}

function readKeys(given: Fields, environment: Environment): Pick<Settings, 'apiKey' | 'secretKey'> {
  for (const name of ['apiKey', 'secretKey'] as const) {
    if (name in given && given[name] === undefined) {
      throw invalid(name, `is undefined: is the variable that it comes from set? Leave out both keys to read ${VARIABLES}`);
    }
  }
  // As a pair: a key from one place and a secret from another would be a signature that is refused.
  if ('apiKey' in given !== 'secretKey' in given) {
    const missing = 'apiKey' in given ? 'secretKey' : 'apiKey';
    throw invalid(missing, `is missing: give both apiKey and secretKey, or neither to read ${VARIABLES}`);
  }
  const paired = 'apiKey' in given;
  const apiKey = paired ? given['apiKey'] : ownField(environment, 'FACEVERIFY_API_KEY');
  const secretKey = paired ? given['secretKey'] : ownField(environment, 'FACEVERIFY_SECRET_KEY');
  if (!isKey(apiKey)) throw badKey('apiKey', 'FACEVERIFY_API_KEY', apiKey);
  if (secretKey instanceof Uint8Array) {
    if (secretKey.length === 0) throw badKey('secretKey', 'FACEVERIFY_SECRET_KEY', '');
    return { apiKey, secretKey: Uint8Array.from(secretKey) };
  }
  if (!isKey(secretKey)) throw badKey('secretKey', 'FACEVERIFY_SECRET_KEY', secretKey);
  return { apiKey, secretKey };
}

const VARIABLES = 'FACEVERIFY_API_KEY and FACEVERIFY_SECRET_KEY';

function isKey(value: unknown): value is string {
  return typeof value === 'string' && PRINTABLE.test(value);
}

function badKey(name: 'apiKey' | 'secretKey', variable: string, value: unknown): FaceVerifyError {
  return value === undefined || value === ''
    ? invalid(name, `is missing: set ${variable} in the environment, or pass { apiKey, secretKey }`)
    : invalid(name, 'must be printable ASCII without spaces: look for a line end or a blank that was copied with it');
}

function readBaseUrl(value: unknown, allowHttp: unknown): string {
  if (allowHttp !== undefined && typeof allowHttp !== 'boolean') throw invalid('allowHttp', 'must be true or false');
  const text = value ?? DEFAULT_BASE_URL;
  const form = `must be an origin such as ${DEFAULT_BASE_URL}, without a path`;
  if (typeof text !== 'string') throw invalid('baseUrl', form);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid('baseUrl', form);
  }
  const { protocol, hostname, origin } = url;
  if (url.href !== `${origin}/` || (protocol !== 'https:' && protocol !== 'http:')) throw invalid('baseUrl', form);
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  if (protocol === 'http:' && !loopback && allowHttp !== true) {
    throw invalid('baseUrl', 'must be https; for a container network set allowHttp: true');
  }
  return origin;
}

function readSessionHosts(value: unknown, baseUrl: string): ReadonlySet<string> {
  const form = 'must be an array of hosts such as "verify.example.com" or "localhost:4400"';
  const hosts = value ?? [];
  if (!Array.isArray(hosts)) throw invalid('sessionHosts', form);
  const accepted = new Set([new URL(baseUrl).host]);
  for (const host of hosts as readonly unknown[]) {
    if (typeof host !== 'string' || !/^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/.test(host)) {
      throw invalid('sessionHosts', `${form}, in lower case, without a scheme`);
    }
    accepted.add(host);
  }
  return accepted;
}

function readRetry(value: unknown): Settings['retry'] {
  if (value === false) return { attempts: 1, minDelayMs: 0, maxDelayMs: 0 };
  const given = value === undefined ? {} : ownFields(value, 'retry', RETRY_NAMES);
  const attempts = given['attempts'] ?? 3;
  if (typeof attempts !== 'number' || !Number.isInteger(attempts) || attempts < 1 || attempts > 10) {
    throw invalid('retry.attempts', 'must be a whole number from 1 to 10');
  }
  return {
    attempts,
    minDelayMs: readMilliseconds(given, 'minDelayMs', 200, 'retry.'),
    maxDelayMs: readMilliseconds(given, 'maxDelayMs', 2_000, 'retry.'),
  };
}

function isAgent(value: unknown): value is HttpAgent {
  return typeof value === 'object' && value !== null && 'addRequest' in value && 'destroy' in value;
}

const NO_ENVIRONMENT: Environment = {};

/** The variables of the process; none where the runtime has no process. */
export function processEnvironment(): Environment {
  const { process } = globalThis as { process?: { env?: Environment } };
  return process?.env ?? NO_ENVIRONMENT;
}
