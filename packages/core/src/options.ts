import { BASE_URL_VARIABLE, type Environment, readKeys } from './keys.ts';
import type { Fetch, HttpAgent, TransportSettings } from './platform/platform.ts';
import {
  type Fields,
  hasFields,
  invalidOption,
  isBoolean,
  isFunction,
  isLoopback,
  ownField,
  parseUrl,
  readFields,
  readNumber,
  readOptional,
} from './validation.ts';

/** One attempt, for the `onAttempt` hook. Nothing in it is secret or personal. */
export interface AttemptEvent {
  /** The call's id, shared by its attempts and its error. */
  readonly requestId: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Why it failed; `undefined` if it succeeded. */
  readonly code: string | undefined;
  /** HTTP status of the vendor's answer, if there was one. */
  readonly upstreamStatus: number | undefined;
  /** Milliseconds that this attempt took. */
  readonly durationMs: number;
}

/** How a call is retried. */
export interface RetryOptions {
  /** Attempts in all, from 1 to 10; 3 by default. */
  readonly attempts?: number | undefined;
  /** Upper bound in milliseconds of the first random wait, doubled for each further one; 200 by default. */
  readonly minDelayMs?: number | undefined;
  /** Upper bound in milliseconds of every random wait; 2,000 by default. */
  readonly maxDelayMs?: number | undefined;
}

/** The options of a client. */
export interface FaceVerifyOptions {
  /** Your API key, sent as `x-auth-client`; default: `FACEVERIFY_API_KEY`. Printable ASCII without spaces. */
  readonly apiKey?: string;
  /** Your secret key, text or bytes, never sent; default: `FACEVERIFY_SECRET_KEY`. */
  readonly secretKey?: string | Uint8Array;
  /** Origin of the API; default: `FACEVERIFY_BASE_URL`, or `https://start.faceverify.ai`. */
  readonly baseUrl?: string | undefined;
  /** Allows http to a host other than loopback, such as a container's; `false` by default. */
  readonly allowHttp?: boolean | undefined;
  /** Milliseconds for a whole call, waits included; 10,000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for one attempt: connect, headers and body; 5,000 by default. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Milliseconds to connect, TLS included; 3,000 by default. On Node without `fetch` only. */
  readonly connectTimeoutMs?: number | undefined;
  /** When and how often a call is retried; `false`: never. */
  readonly retry?: false | RetryOptions | undefined;
  /** Further hosts, such as `verify.example.com`, that a session's `url` may be on. */
  readonly sessionHosts?: readonly string[] | undefined;
  /** Sends with this function, on Node too: for an egress proxy, tracing, or an emulator. */
  readonly fetch?: Fetch | undefined;
  /** Sends through this agent. On Node without `fetch` only. `close()` does not destroy it. */
  readonly agent?: HttpAgent | undefined;
  /** Called after every attempt. What it throws is ignored. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
}

/** Options after the one check: complete and frozen. */
export interface Settings extends TransportSettings {
  readonly apiKey: string;
  readonly secretKey: string | Uint8Array;
  readonly allowHttp: boolean;
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly retry: { readonly attempts: number; readonly minDelayMs: number; readonly maxDelayMs: number };
  /** Further hosts that a session's url may be on, with their port unless it is the default. */
  readonly sessionHosts: readonly string[];
  readonly onAttempt: ((event: AttemptEvent) => void) | undefined;
}

/** The origin of the vendor's API. Source: the vendor's page. */
const DEFAULT_BASE_URL = 'https://start.faceverify.ai';

export const OPTION_NAMES: readonly string[] = [
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

/** Checks options and completes them. Throws `invalid_options`; no message quotes a value. */
export function readOptions(options: unknown, environment: Environment): Settings {
  const given = readFields(options, 'options', OPTION_NAMES);
  const keys = readKeys(given, environment);
  const allowHttp = readOptional(given, 'allowHttp', isBoolean, 'true or false') === true;
  if (given['fetch'] !== undefined && given['agent'] !== undefined) {
    throw invalidOption('agent', 'has no effect with fetch. Leave one out');
  }
  const isAgent = (value: unknown): boolean => hasFields(value, 'addRequest');
  return Object.freeze({
    ...keys,
    baseUrl: readBaseUrl(given, environment, allowHttp),
    allowHttp,
    timeoutMs: readNumber(given, 'timeoutMs', 10_000),
    attemptTimeoutMs: readNumber(given, 'attemptTimeoutMs', 5_000),
    connectTimeoutMs: readNumber(given, 'connectTimeoutMs', 3_000),
    retry: readRetry(given['retry']),
    sessionHosts: readSessionHosts(given),
    // Safe: the parameters of a function, and what an agent does, cannot be checked at run time.
    fetch: readOptional(given, 'fetch', isFunction, 'a function') as Fetch | undefined,
    agent: readOptional(given, 'agent', isAgent, 'an Agent of node:http or node:https') as HttpAgent | undefined,
    onAttempt: readOptional(given, 'onAttempt', isFunction, 'a function') as Settings['onAttempt'],
  });
}

function readBaseUrl(given: Fields, environment: Environment, allowHttp: boolean): string {
  // oxlint-disable-next-line typescript/prefer-nullish-coalescing, typescript/strict-boolean-expressions -- An empty variable counts as unset.
  const text = given['baseUrl'] ?? (ownField(environment, BASE_URL_VARIABLE) || DEFAULT_BASE_URL);
  const url = typeof text === 'string' ? parseUrl(text) : undefined;
  if (url?.href !== `${url?.origin}/` || !/^https?:$/.test(url.protocol)) {
    throw invalidOption('baseUrl', `must be an origin such as ${DEFAULT_BASE_URL}, without a path`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !allowHttp) {
    throw invalidOption('baseUrl', 'must be https. To allow http, set allowHttp: true');
  }
  return url.origin;
}

function readSessionHosts(given: Fields): readonly string[] {
  const expected = 'a list of lower-case hosts such as "verify.example.com"';
  const hosts = readOptional(given, 'sessionHosts', (value) => Array.isArray(value) && value.every(isHost), expected);
  // Safe: these are strings, as has just been checked.
  return [...((hosts ?? []) as readonly string[])];
}

/** Whether `value` is a host as a URL has it: any other form would never match. */
function isHost(value: unknown): boolean {
  return typeof value === 'string' && parseUrl(`https://${value}`)?.host === value;
}

function readRetry(value: unknown): Settings['retry'] {
  const given = readFields(value === false ? { attempts: 1 } : (value ?? {}), 'retry', RETRY_NAMES);
  return {
    attempts: readNumber(given, 'attempts', 3, 10),
    minDelayMs: readNumber(given, 'minDelayMs', 200),
    maxDelayMs: readNumber(given, 'maxDelayMs', 2_000),
  };
}
