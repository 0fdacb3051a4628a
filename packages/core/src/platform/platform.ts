import type { CancelSignal } from '../cancellation.ts';
import type { Failure, FailureFacts } from '../errors.ts';
import type { Environment } from '../keys.ts';
import type { HttpResponse } from '../response.ts';
import { hasFields } from '../validation.ts';

/*
 * The seam between the core and the runtime. `node.ts`, `web.ts` and `browser.ts` each export `hmacSha256`,
 * `createTransport` and `processEnvironment`; a build binds `#platform` to one of them.
 */

/** A value, or a promise of it. */
export type MaybePromise<T> = T | Promise<T>;

/** Signs `head` followed by `body`; gives 64 lower-case hexadecimal digits. */
export type Sign = (head: string, body: string | Uint8Array) => MaybePromise<string>;

/** Prepares a key once. A string stands for its UTF-8 bytes. */
export type HmacSha256 = (key: string | Uint8Array) => Sign;

/** The variables of the process; none if the runtime has no process. */
export type ProcessEnvironment = () => Environment;

/** A signed request. */
export interface OutgoingRequest {
  readonly method: string;
  /** Path and query, as they were signed. */
  readonly target: string;
  /** By lower-case name. */
  readonly headers: Record<string, string>;
  /** `undefined`: no body is sent. */
  readonly body: string | undefined;
}

/** How a request is to be sent this time. */
export interface AttemptOptions {
  readonly isRetry: boolean;
  /** Whether the same bytes may be sent again: if not, the connection must be a new one. */
  readonly repeatable: boolean;
  /** Milliseconds for connect, headers and body together. */
  readonly timeoutMs: number;
  readonly signal: CancelSignal | undefined;
}

/** Sends requests to one origin. */
export interface Transport {
  /** Never rejects. If the platform can promise it, the attempt is over when this resolves: nothing of it follows. */
  send(request: OutgoingRequest, options: AttemptOptions): Promise<HttpResponse | Failure>;
  /** Closes idle connections, and keeps none from now on. */
  close(): void;
}

/** What a transport reads of a client's settings. */
export interface TransportSettings {
  /** An origin: scheme, host and port. */
  readonly baseUrl: string;
  readonly connectTimeoutMs: number;
  readonly fetch: Fetch | undefined;
  readonly agent: HttpAgent | undefined;
}

/** The part of `fetch` that is used. The global one, undici's and most wrappers are such functions. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** What {@link Fetch} is called with. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly signal: AbortSignal;
  readonly redirect: 'manual';
  readonly keepalive?: false;
}

/** The part of a `Response` that is used. */
export interface FetchResponse {
  readonly status: number;
  readonly type: string;
  readonly redirected: boolean;
  readonly headers: { get(name: string): string | null };
  readonly bodyUsed: boolean;
  readonly body: FetchBody | null;
}

/** The part of a `ReadableStream` of bytes that is used. */
export interface FetchBody {
  readonly locked: boolean;
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
    cancel(): Promise<void>;
  };
}

/** An agent of node:http or node:https, or of a package that extends one of them. */
export interface HttpAgent {
  readonly destroy: () => void;
}

/**
 * What is known of a connection that failed. An error without a code of the network may be a mistake in the app's own
 * code: in an option's function or agent, or in what replaces parts of the runtime.
 */
export function connectionFacts(error: unknown, option: 'agent' | 'fetch' | undefined): FailureFacts {
  const reason = reasonOf(error);
  if (reason !== undefined && NETWORK_REASON.test(reason)) return { reason };
  const name = error instanceof Error && /^\w{1,48}$/.test(error.name) ? `a ${error.name}` : 'a non-Error';
  const advice =
    option === undefined
      ? `It failed with ${name}: check DNS, egress rules, mocks, tracers, and what replaces node:http or fetch.`
      : `The ${option} option failed with ${name}: if that is no network error, fix it.`;
  return { reason, advice };
}

const NETWORK_REASON =
  /^(?:E(?:AI_|ADDR|CONN|HOST|NET|NOTFOUND|PIPE|PROTO|TIMEDOUT)|UND_ERR_|ERR_(?:HTTP|PROXY|SSL|TLS|STREAM)_|HPE_|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO_)/;

/** The system's name for an error, looked up along its causes. Never a message: it may quote data. */
function reasonOf(error: unknown, depth = 5): string | undefined {
  if (depth === 0 || !hasFields(error)) return undefined;
  // Safe: any object can be asked for any field.
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,47}$/.test(code) ? code : reasonOf(cause, depth - 1);
}
