/** The stable code of an error: the `code` of a {@link FaceVerifyError}. */
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
 * When a failed attempt may be sent again. A call is repeatable if sending it twice does no harm: it names a person, or
 * is a GET. Any other call may be paid twice, so `if_not_sent` asks for certainty that nothing was sent.
 */
type Retry = 'always' | 'if_not_sent' | 'if_repeatable' | 'never';

interface FailureRule {
  readonly retry: Retry;
  /** Status with which the ready route answers; `undefined` if there is usually nobody left to answer. */
  readonly status: 500 | 502 | 503 | 504 | undefined;
  /** What the visitor reads: constant, without text of the vendor. */
  readonly title: string;
  /** What the operator can do, if the rest of the message does not say it. */
  readonly advice?: string;
}

/** The one failure table: every decision about a failed call is read from here. */
export const FAILURES: Readonly<Record<FailureCode, FailureRule>> = {
  connection: {
    retry: 'if_not_sent',
    status: 502,
    title: 'The verification service is unreachable',
    advice: 'Check DNS, egress rules, proxy and certificates.',
  },
  timeout: {
    retry: 'if_not_sent',
    status: 504,
    title: 'The verification service timed out',
    advice: 'If often, raise timeoutMs, attemptTimeoutMs or connectTimeoutMs.',
  },
  rate_limited: {
    retry: 'always',
    status: 503,
    title: 'The verification service is busy',
    advice: 'Rate-limit your route.',
  },
  unavailable: {
    retry: 'if_repeatable',
    status: 503,
    title: 'The verification service is unavailable',
    advice: 'Try again later.',
  },
  upstream: { retry: 'if_repeatable', status: 502, title: 'The verification service failed' },
  unauthorized: {
    retry: 'never',
    status: 500,
    title: 'The verification service is not set up correctly',
    advice: 'Check that apiKey and secretKey belong to baseUrl.',
  },
  rejected: {
    retry: 'never',
    status: 502,
    title: 'The verification service refused the request',
    advice:
      'Check that secretKey belongs to apiKey. For a signer of your own: explainSignature() of @faceverify/core/diagnose.',
  },
  bad_response: { retry: 'never', status: 502, title: 'The verification service gave an unusable answer' },
  aborted: { retry: 'never', status: undefined, title: 'The request was cancelled' },
  closed: { retry: 'never', status: 503, title: 'The server is shutting down', advice: 'close() was called.' },
  invalid_params: { retry: 'never', status: 500, title: 'The verification service is not set up correctly' },
  invalid_options: { retry: 'never', status: 500, title: 'The verification service is not set up correctly' },
};

/**
 * The code of an HTTP status that is not a success.
 *
 * Source: RFC 9110, section 15. The vendor documents 200, 400 and 500 only; the rest is assumed.
 */
export function codeOfStatus(status: number): FailureCode {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'rate_limited';
  if (status === 503) return 'unavailable';
  if (status >= 500) return 'upstream';
  if (status >= 400) return 'rejected';
  return 'bad_response';
}

/** What is known of a failed attempt besides its code. */
export interface FailureFacts {
  /** HTTP status of the response, if there was one. */
  readonly status?: number | undefined;
  /** The `Retry-After` header of the response. */
  readonly retryAfter?: string | undefined;
  /** The body of the response. */
  readonly body?: string | undefined;
  /** Certainty that not a byte of the request was sent. */
  readonly notSent?: boolean;
  /** The system's name for the cause, such as `ECONNREFUSED`. */
  readonly reason?: string | undefined;
  /** What the operator can do, in place of the table's advice. */
  readonly advice?: string | undefined;
}

/** Why an attempt failed: one type, from the platform to the failure table. */
export class Failure {
  readonly code: FailureCode;
  // Each is an own field, so that none is read from a polluted prototype.
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  readonly body: string | undefined;
  readonly notSent: boolean | undefined;
  readonly reason: string | undefined;
  readonly advice: string | undefined;

  constructor(code: FailureCode, facts: FailureFacts = {}) {
    this.code = code;
    Object.assign(this, facts);
  }
}

/** Whether a call may be sent again after this failure. */
export function mayRetry({ code, notSent }: Failure, repeatable: boolean): boolean {
  const { retry } = FAILURES[code];
  return retry === 'always' || (repeatable && retry !== 'never') || (notSent === true && retry === 'if_not_sent');
}

/** The details of a {@link FaceVerifyError}. */
export interface ErrorDetails {
  readonly requestId?: string | undefined;
  readonly attempts?: number | undefined;
  readonly upstreamStatus?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Called when `vendorMessage()` is. */
  readonly vendorMessage?: (() => string | undefined) | undefined;
}

const BRAND = Symbol.for('@faceverify/core.FaceVerifyError');
/** Not a private field: with one, TypeScript would tell the class of this copy of the package from that of another. */
const vendorMessages = new WeakMap<FaceVerifyError, () => string | undefined>();

/**
 * The one error class of this package. Branch on its `code`, and show its `message` to operators only.
 * It never holds the secret, a signature, a token, a link or an identifier.
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
  /** What went wrong: stable, for your code. */
  readonly code: FailureCode;
  /** The call's id, made here and shared with `onAttempt` and the ready route's answer. */
  readonly requestId: string | undefined;
  /** How many attempts were made. */
  readonly attempts: number | undefined;
  /** HTTP status of the vendor's last answer, if there was one. */
  readonly upstreamStatus: number | undefined;
  /** Milliseconds that the vendor asked to wait (`Retry-After`), at most a day. */
  readonly retryAfterMs: number | undefined;

  constructor(code: FailureCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.requestId = details.requestId;
    this.attempts = details.attempts;
    this.upstreamStatus = details.upstreamStatus;
    this.retryAfterMs = details.retryAfterMs;
    if (details.vendorMessage !== undefined) vendorMessages.set(this, details.vendorMessage);
  }

  /** Whether `value` is a FaceVerifyError, of this copy of the package or of another. */
  static is(value: unknown): value is FaceVerifyError {
    // Safe: any object can be asked for any key.
    return (Object(value) as Record<symbol, unknown>)[BRAND] === true;
  }

  /**
   * The plain words of the vendor's answer, at most 500 characters, `[cut]` in place of what may be a credential, a
   * link or an identifier; `undefined` if it said nothing. For operators only: `message`, JSON and `inspect` do not hold it.
   */
  vendorMessage(): string | undefined {
    return vendorMessages.get(this)?.();
  }

  /** The fields above with name and message, all safe to log. */
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
