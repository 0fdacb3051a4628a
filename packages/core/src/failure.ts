/** What went wrong, as a stable word: the `code` of a {@link FaceVerifyError}. */
export type FailureCode =
  | 'connection'
  | 'timeout'
  | 'rate_limited'
  | 'unavailable'
  | 'upstream'
  | 'unauthorized'
  | 'rejected'
  | 'bad_response'
  | 'aborted'
  | 'closed'
  | 'invalid_params'
  | 'invalid_options';

/**
 * When a failed attempt may be sent again: a call is repeatable if the same bytes can do no harm twice, since it names a
 * person or is a GET; any other could pay twice, so `if_harmless` asks for certainty that nothing of it was sent.
 */
type Retry = 'always' | 'if_harmless' | 'if_repeatable' | 'never';

interface Failure {
  readonly retry: Retry;
  /** Status with which the mounted route answers; `undefined` where mostly nobody is left to answer. */
  readonly status: 500 | 502 | 503 | 504 | undefined;
  /** What the visitor is told: constant, free of vendor text and of secrets. */
  readonly title: string;
  /** What the operator may do, where neither the rest of the message nor the vendor's text says it. */
  readonly advice?: string;
}

/** The one failure table: every decision about a failed call is read from here. */
export const FAILURES: Readonly<Record<FailureCode, Failure>> = {
  connection: {
    retry: 'if_harmless',
    status: 502,
    title: 'The verification service is unreachable',
    advice: 'Check name lookup, egress rules, proxy and certificates.',
  },
  timeout: {
    retry: 'if_harmless',
    status: 504,
    title: 'The verification service timed out',
    advice: 'If this is usual, raise timeoutMs, attemptTimeoutMs or connectTimeoutMs.',
  },
  rate_limited: {
    retry: 'always',
    status: 503,
    title: 'The verification service is busy',
    advice: 'Put a rate limiter before the route.',
  },
  unavailable: {
    retry: 'if_repeatable',
    status: 503,
    title: 'The verification service is unavailable',
    advice: 'Try again later.',
  },
  upstream: {
    retry: 'if_repeatable',
    status: 502,
    title: 'The verification service failed',
  },
  unauthorized: {
    retry: 'never',
    status: 500,
    title: 'The verification service is not set up correctly',
    advice: 'Check apiKey and secretKey, and that both belong to baseUrl.',
  },
  rejected: {
    retry: 'never',
    status: 502,
    title: 'The verification service refused the request',
    advice: 'Is the signature wrong? explainSignature() tells.',
  },
  bad_response: {
    retry: 'never',
    status: 502,
    title: 'The verification service gave an unusable answer',
  },
  aborted: {
    retry: 'never',
    status: undefined,
    title: 'The request was cancelled',
  },
  closed: {
    retry: 'never',
    status: 503,
    title: 'The server is shutting down',
    advice: 'close() was called on this client.',
  },
  invalid_params: {
    retry: 'never',
    status: 500,
    title: 'The verification service is not set up correctly',
  },
  invalid_options: {
    retry: 'never',
    status: 500,
    title: 'The verification service is not set up correctly',
  },
};

/**
 * The failure that an HTTP status stands for.
 *
 * Source: RFC 9110, section 15; the vendor documents 200, 400 and 500 only, so the rest is assumed.
 */
export function failureOfStatus(status: number): FailureCode {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'rate_limited';
  if (status === 503) return 'unavailable';
  if (status >= 500) return 'upstream';
  if (status >= 400) return 'rejected';
  return 'bad_response';
}

/** Whether an attempt that failed with `code` may be followed by another. */
export function mayRetry(code: FailureCode, repeatable: boolean, notSent: boolean): boolean {
  const { retry } = FAILURES[code];
  return retry === 'always' || (repeatable && retry !== 'never') || (notSent && retry === 'if_harmless');
}

/** The facts of a failed call that are safe to log. */
export interface FailureDetails {
  readonly requestId?: string | undefined;
  readonly attempts?: number | undefined;
  readonly upstreamStatus?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Called when somebody asks: what it does must not change the error that is thrown. */
  readonly vendorMessage?: (() => string | undefined) | undefined;
}

const BRAND = Symbol.for('@faceverify/core.FaceVerifyError');

/**
 * The one error class of this package. Decide on its `code`; show nobody but the operator its
 * `message`. It never holds the secret, a signature, a token, a link or an identifier.
 *
 * @example
 * try {
 *   await client.createSession({ uniqueIdentifier: user.id });
 * } catch (error) {
 *   if (FaceVerifyError.is(error) && error.code === 'rate_limited') console.warn(error.retryAfterMs);
 *   else throw error;
 * }
 */
export class FaceVerifyError extends Error {
  /** What went wrong, as a stable word. */
  readonly code: FailureCode;
  /** The call's id, made here and shared with `onAttempt` and the mounted route's answer. */
  readonly requestId: string | undefined;
  /** How many times the call was sent, or was tried to be sent. */
  readonly attempts: number | undefined;
  /** HTTP status of the vendor's last answer, if there was one. */
  readonly upstreamStatus: number | undefined;
  /** Milliseconds that the vendor asked to wait (`Retry-After`), at most a day. */
  readonly retryAfterMs: number | undefined;
  readonly #vendorMessage: (() => string | undefined) | undefined;

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message);
    this.code = code;
    this.requestId = details.requestId;
    this.attempts = details.attempts;
    this.upstreamStatus = details.upstreamStatus;
    this.retryAfterMs = details.retryAfterMs;
    this.#vendorMessage = details.vendorMessage;
  }

  /** Whether `value` is a FaceVerifyError, of this copy of the package or of another. */
  static is(value: unknown): value is FaceVerifyError {
    // Safe: any object can be asked for any key.
    return (Object(value) as Record<symbol, unknown>)[BRAND] === true;
  }

  /**
   * At most 500 characters of what the vendor said, with secret, signature, tokens and identifier
   * cut out; `undefined` if it said nothing. For the operator's eyes: it is kept out of `message`,
   * JSON and `inspect`.
   */
  vendorMessage(): string | undefined {
    return this.#vendorMessage?.();
  }

  /** The fields above with name and message: all of it is safe to log. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { name, message } = this;
    return Object.assign({ name, message } as Record<string, unknown>, this);
  }
}

// On the prototype, so that neither shows up as a field of every error.
Object.defineProperties(FaceVerifyError.prototype, {
  name: { value: 'FaceVerifyError', configurable: true, writable: true },
  [BRAND]: { value: true },
});
