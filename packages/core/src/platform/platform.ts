import type { CancelSignal } from '../cancel-signal.ts';
import type { Settings } from '../options.ts';

/** A value, or the promise of one. */
export type MaybePromise<T> = T | Promise<T>;

/** Signs `head` followed by `body`; answers in 64 lower-case hexadecimal digits. */
export type Signer = (head: string, body: string | Uint8Array) => MaybePromise<string>;

/** Prepares a key once; a string stands for its UTF-8 bytes. */
export type HmacSha256 = (key: string | Uint8Array) => Signer;

/** A signed request, ready to be sent to the origin for which its sender was made. */
export interface Outgoing {
  readonly method: string;
  /** Path and query, as they were signed. */
  readonly target: string;
  /** Sent as SIGNATURE_HEADER, beside the headers for which the sender was made. */
  readonly signature: string;
  /** `undefined`: no body is sent. */
  readonly body: string | undefined;
}

/** A whole answer: its status and its whole body arrived. */
export interface Answer {
  readonly lost?: undefined;
  /** HTTP status; 0 where there is none, since a fetch of the user's own gave no Response. */
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The decoded text; `undefined` where `unreadable` says why there is none. */
  readonly body: string | undefined;
  /** A sentence for the operator. */
  readonly unreadable?: string | undefined;
}

/** An attempt that brought no whole answer. */
export interface Lost {
  readonly status?: undefined;
  readonly lost: 'connection' | 'timeout' | 'aborted';
  /** Certainty that not a byte of the request went out. */
  readonly notSent: boolean;
  /** The system's word for it, such as `ECONNREFUSED`. */
  readonly reason?: string | undefined;
}

/** What came of an attempt. */
export type Outcome = Answer | Lost;

/** One of the attempts to send a request. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Whether the same bytes may be sent again: if not, the connection must have carried nothing before. */
  readonly repeatable: boolean;
  /** Milliseconds for connect, headers and body together. */
  readonly timeoutMs: number;
  readonly signal: CancelSignal | undefined;
}

/** Sends attempts to one origin. */
export interface Sender {
  /** Never rejects. Where the platform can promise it, the attempt is dead when this resolves. */
  send(outgoing: Outgoing, attempt: Attempt): Promise<Outcome>;
  /** Gives idle connections back and keeps none from now on. */
  close(): void;
}

/** What a runtime must give: `node.ts` and `web.ts` are the two that do. */
export interface Platform {
  readonly hmacSha256: HmacSha256;
  /** `fixedHeaders` go with every request, in lower case. */
  createSender(settings: Settings, fixedHeaders: Readonly<Record<string, string>>): Sender;
}

/** Decoded bytes of an answer that are read at most; a session's answer is under 2 KiB. */
export const MAX_ANSWER_BYTES: number = 64 * 1024;
/** What is wrong with an answer of more bytes. */
export const TOO_LARGE = 'It is larger than 64 KiB.';

/** The system's word for an error, looked up along its causes; messages may quote data, so never those. */
export function reasonOf(error: unknown): string | undefined {
  for (let depth = 0, at = error; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]{2,47}$/.test(at.code)) return at.code;
    at = 'cause' in at ? at.cause : undefined;
  }
  return undefined;
}
