/** How a call ends: `ok`, or the code of its error. */
export type ResultCode =
  | 'ok'
  | 'connection'
  | 'timeout'
  | 'rate_limited'
  | 'unavailable'
  | 'upstream'
  | 'unauthorized'
  | 'rejected'
  | 'bad_response';

/** What must come of one call. */
export interface Expected {
  readonly code: ResultCode;
  /** How often it is sent, or tried to be sent: exactly. */
  readonly attempts: number;
  /** With what the ready route answers. */
  readonly route: number;
  /** Seconds of the route's `Retry-After`, from and to; left out where there must be none. */
  readonly retryAfter?: readonly [number, number];
}

/** K: the call carries a `uniqueIdentifier`. N: it does not. */
export type Kind = 'K' | 'N';

/** How a client sends: `node:http`, or `fetch`. */
export type Sender = 'node' | 'fetch';

/** What must come of a fault with either sender, with and without an identifier. */
export type Expectation = Readonly<Record<Sender, Readonly<Record<Kind, Expected>>>>;

interface Spec {
  /** Whether a call with an identifier, and one without, is sent again. */
  readonly K: boolean;
  readonly N: boolean | 'if not sent';
  readonly route: number;
}

/**
 * What docs/reliability.md promises, written down a second time: deliberately not the core's own
 * table, so that a wrong edit there is noticed here.
 */
export const SPECS: Readonly<Record<ResultCode, Spec>> = {
  ok: { K: false, N: false, route: 200 },
  connection: { K: true, N: 'if not sent', route: 502 },
  timeout: { K: true, N: 'if not sent', route: 504 },
  rate_limited: { K: true, N: true, route: 503 },
  unavailable: { K: true, N: false, route: 503 },
  upstream: { K: true, N: false, route: 502 },
  unauthorized: { K: false, N: false, route: 500 },
  rejected: { K: false, N: false, route: 502 },
  bad_response: { K: false, N: false, route: 502 },
};

const MAX_ATTEMPTS = 3;

interface Facts {
  /** Not a byte of the request can have gone out. `fetch` does not tell: there it counts as sent. */
  readonly notSent?: boolean;
  /** How often a call is sent that may be sent again, where that is not 3. */
  readonly attempts?: number;
  readonly retryAfter?: readonly [number, number];
}

/** What must come of a fault that every attempt meets and that both senders see alike. */
export function specified(code: ResultCode, facts: Facts = {}): Expectation {
  return { node: perKind(code, facts), fetch: perKind(code, { ...facts, notSent: false }) };
}

/** The same for one sender, where the two see a fault differently. */
export function perKind(code: ResultCode, facts: Facts = {}): Readonly<Record<Kind, Expected>> {
  const { notSent = false, attempts = MAX_ATTEMPTS, retryAfter } = facts;
  const { K, N, route } = SPECS[code];
  const expected = (again: boolean): Expected => ({
    code,
    attempts: again ? attempts : 1,
    route,
    ...(retryAfter !== undefined && { retryAfter }),
  });
  return { K: expected(K), N: expected(N === 'if not sent' ? notSent : N) };
}

/** What must come of one call that succeeds after `attempts` sends. */
export function succeeds(attempts: number): Expected {
  return { code: 'ok', attempts, route: SPECS.ok.route };
}
