import type { Settings } from '../options.ts';

/** A value, or the promise of one. */
export type MaybePromise<T> = T | Promise<T>;

/** Signs `head` followed by `body`; answers in 64 lower-case hexadecimal digits. */
export type Signer = (head: string, body: string | Uint8Array) => MaybePromise<string>;

/** Prepares a key once; a string stands for its UTF-8 bytes. */
export type HmacSha256 = (key: string | Uint8Array) => Signer;

/** One attempt, ready to be sent to the origin for which its sender was made. */
export interface Outgoing {
  readonly method: string;
  /** Path and query, as they were signed. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined`: no body is sent. */
  readonly body: string | undefined;
  /** Send on a connection that carried nothing before, where the platform can promise it. */
  readonly ownConnection: boolean;
  /** Milliseconds for connect, headers and body together. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** A whole answer: its status and its whole body arrived. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The decoded text; `undefined` where `unreadable` says why there is none. */
  readonly body: string | undefined;
  readonly unreadable?: 'too_large' | 'encoded' | undefined;
}

/** An attempt that brought no whole answer. */
export interface Lost {
  readonly lost: 'connection' | 'timeout' | 'aborted';
  /** Certainty that not a byte of the request went out. */
  readonly notSent: boolean;
  /** The system's word for it, such as `ECONNREFUSED`. */
  readonly reason?: string | undefined;
}

/** Sends attempts to one origin. `send` never rejects and never outlives its attempt. */
export interface Sender {
  send(outgoing: Outgoing): Promise<Answer | Lost>;
  /** Gives idle connections back. Called when no attempt is left. */
  close(): void;
}

/** What a runtime must give: `node.ts` and `web.ts` are the two that do. */
export interface Platform {
  readonly hmacSha256: HmacSha256;
  createSender(settings: Settings): Sender;
}

/** Decoded bytes of an answer that are read at most; a session's answer is under 2 KiB. */
export const MAX_ANSWER_BYTES: number = 64 * 1024;

/** The system's word for an error, looked up along its causes; messages may quote data, so never those. */
export function reasonOf(error: unknown): string | undefined {
  for (let depth = 0, at = error; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]{2,47}$/.test(at.code)) return at.code;
    at = 'cause' in at ? at.cause : undefined;
  }
  return undefined;
}
