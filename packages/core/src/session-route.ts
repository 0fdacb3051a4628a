import type { CancelSignal } from './cancel-signal.ts';
import type { ClientOf, Source } from './client-source.ts';
import { FAILURES, FaceVerifyError } from './failure.ts';
import { ask, callHook, passOn } from './hook.ts';
import { invalid, isBoolean, isFunction, ownFields, readOptional } from './option-checks.ts';
import { ownField } from './shape.ts';
import { parseUrl } from './parse-url.ts';
import type { MaybePromise } from './platform/platform.ts';
import type { Session, SessionParams } from './session.ts';

/** Who is signed in, as your server knows it. */
export type Identity = Required<Pick<SessionParams, 'uniqueIdentifier'>> & Pick<SessionParams, 'country'>;

/** What `identify` may give: an identity, or anything falsy for a visitor who is not signed in. */
export type Identified = Identity | null | undefined | false | '' | 0;

/** How the mounted route is set up. `Native` is the framework's request or context. */
export interface SessionRouteOptions<Native> {
  /**
   * Says for whom the session is, from your own login: the only source of the identity, since whoever
   * chooses it gets that person's link. Falsy: the route answers 401. What it throws is passed on.
   */
  readonly identify: (native: Native) => MaybePromise<Identified>;
  /** `json`, `redirect`, or `auto` (unless given): a redirect where `Accept` names `text/html`. */
  readonly respond?: 'auto' | 'json' | 'redirect' | undefined;
  /** Origins such as `https://app.example.com` that may call the route besides its own. */
  readonly origins?: readonly string[] | undefined;
  /** Told of every failure to create a session; without it, one line goes to `console.error`, unless `passErrors` is set. What it throws is ignored. */
  readonly onError?: ((error: FaceVerifyError, native: Native) => void) | undefined;
  /** What `faceVerify()` takes; left out, the client mounted before, else that of the environment. */
  readonly client?: Source<Native> | undefined;
  /** Hands failures to the framework's error handling instead of answering them. Off unless `true`. */
  readonly passErrors?: boolean | undefined;
}

/** A request, as far as the route reads one. */
export interface RouteRequest {
  readonly method: string;
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | null | undefined;
  /** Aborts when the visitor is gone. */
  readonly signal: CancelSignal;
}

/** Every status that the route answers with. */
export type RouteStatus = 200 | 303 | 401 | 403 | 405 | 500 | 502 | 503 | 504;

/** An answer, to be sent as it is. */
export interface RouteResponse {
  readonly status: RouteStatus;
  readonly headers: Readonly<Record<string, string>>;
  /** Header names to add to `Vary`, which other middleware may have begun. */
  readonly vary: string | undefined;
  readonly body: string;
}

/** Answers a request, or gives `undefined` where nobody is left to answer. */
export type SessionRoute<Native> = (request: RouteRequest, native: Native) => Promise<RouteResponse | undefined>;

/**
 * The route behind every adapter's `sessionHandler`: method, origin, identify, create, answer.
 * Throws `invalid_options` at once for a set-up that cannot work.
 */
export function createSessionRoute<Native>(
  options: SessionRouteOptions<Native>,
  clientSource: (source: Source<Native> | undefined) => ClientOf<Native>,
): SessionRoute<Native> {
  const { identify, respond, origins, onError, passErrors, client: source } = checkOptions(options);
  const clientOf = clientSource(source);

  return async (request, native) => {
    if (request.method !== 'POST') return problem(METHOD_NOT_ALLOWED, undefined, { allow: 'POST' });
    if (!isSameSite(request, origins)) return problem(CROSS_SITE);
    // Safe: paramsOf and createSession check whatever it is.
    const identity = (await ask(identify, native)) as Identified;
    // oxlint-disable-next-line typescript/strict-boolean-expressions -- `user && { ... }` gives whatever `user` was.
    if (!identity) return problem(UNAUTHENTICATED);
    try {
      const client = await clientOf(native);
      const session = await client.createSession(paramsOf(identity), { signal: request.signal });
      return answer(session, request, respond);
    } catch (error) {
      // A code that is not in the table is that of another version, or of somebody's own.
      if (!FaceVerifyError.is(error) || !Object.hasOwn(FAILURES, error.code)) passOn(error);
      const { status, title } = FAILURES[error.code];
      // Whoever gave the client may have cancelled a call of their own: then the visitor still waits.
      if (status === undefined && request.signal.aborted) return undefined;
      callHook(onError, error, native);
      if (passErrors) throw error;
      const { code, requestId, retryAfterMs: wait } = error;
      const headers = wait === undefined ? undefined : { 'retry-after': String(Math.ceil(wait / 1000)) };
      return problem({ status: status ?? 503, title, code }, requestId, headers);
    }
  };
}

const OPTION_NAMES = [
  'identify',
  'client',
  'respond',
  'origins',
  'onError',
  'passErrors',
] as const satisfies readonly (keyof SessionRouteOptions<never>)[];

interface CheckedOptions<Native> {
  readonly identify: SessionRouteOptions<Native>['identify'];
  readonly respond: 'auto' | 'json' | 'redirect';
  readonly origins: ReadonlySet<string>;
  readonly onError: (error: FaceVerifyError, native: Native) => void;
  readonly passErrors: boolean;
  readonly client: Source<Native> | undefined;
}

function checkOptions<Native>(options: SessionRouteOptions<Native>): CheckedOptions<Native> {
  const given = ownFields(options, 'sessionHandler', OPTION_NAMES);
  if (!isFunction(given['identify'])) {
    throw invalid(
      'identify',
      'is missing: add identify: (request) => request.user && { uniqueIdentifier: request.user.id }',
    );
  }
  readOptional(given, 'respond', (value) => FORMS.some((form) => form === value), `one of ${FORMS.join(', ')}`);
  readOptional(given, 'origins', isOrigins, 'a list of origins such as "https://app.example.com", without a path');
  readOptional(given, 'onError', isFunction, 'a function');
  readOptional(given, 'passErrors', isBoolean, 'true or false');
  // Safe: every field of it has just been checked.
  const checked = given as Partial<typeof options> as typeof options;
  const { identify, client, respond = 'auto', origins, onError, passErrors = false } = checked;
  // With passErrors the framework's own error handling tells the operator.
  const unlessTold = passErrors ? () => undefined : logError;
  return { identify, client, respond, origins: new Set(origins), onError: onError ?? unlessTold, passErrors };
}

const FORMS = ['auto', 'json', 'redirect'] as const;

function isOrigins(value: unknown): boolean {
  return Array.isArray(value) && value.every(isOrigin);
}

/** `null` is none: it stands for anybody. */
function isOrigin(value: unknown): boolean {
  return typeof value === 'string' && parseUrl(value)?.origin === value;
}

/** Only own fields: neither a polluted prototype nor further fields choose whose link this is. */
function paramsOf(identity: Identity): SessionParams {
  // Safe: createSession checks both, and refuses an identifier that is present but not a string.
  return {
    uniqueIdentifier: ownField(identity, 'uniqueIdentifier') as string,
    country: ownField(identity, 'country') as SessionParams['country'],
  };
}

/**
 * Whether the request comes from this site, or from an origin that is allowed.
 *
 * Source: the rules of Go 1.25's CrossOriginProtection, which need no token and no cookie.
 */
function isSameSite({ header }: RouteRequest, allowed: ReadonlySet<string>): boolean {
  const origin = header('origin');
  if (origin && allowed.has(origin)) return true;
  const fetchSite = header('sec-fetch-site');
  if (fetchSite) return fetchSite === 'same-origin' || fetchSite === 'none';
  if (!origin) return true; // Apps and servers send none; every browser does.
  // Over HTTP/2 the host is in a pseudo-header. X-Forwarded-Host is never read: anybody can send it.
  return isHostOf(origin, header('host') ?? header(':authority') ?? '');
}

/** Whether `host` is that of `origin`, a default port being as good as none. */
function isHostOf(origin: string, host: string): boolean {
  const url = parseUrl(origin);
  return (
    url?.origin === origin && /^[\w.:[\]-]+$/.test(host) && parseUrl(`${url.protocol}//${host}`)?.host === url.host
  );
}

/** The headers of every answer: it is for one person, and its address must not travel on. */
function headersWith(name: string, value: string): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    [name]: value,
  };
}

function answer(
  { sessionId, url }: Session,
  request: RouteRequest,
  respond: 'auto' | 'json' | 'redirect',
): RouteResponse {
  const vary = respond === 'auto' ? 'Accept' : undefined;
  const redirect = respond === 'auto' ? namesHtml(request.header('accept') ?? '') : respond === 'redirect';
  return redirect
    ? { status: 303, headers: headersWith('location', url), vary, body: '' }
    : {
        status: 200,
        headers: headersWith('content-type', 'application/json'),
        vary,
        body: JSON.stringify({ sessionId, url }),
      };
}

/** Whether `Accept` names `text/html` itself, as a browser does when it navigates, and scripts do not. */
function namesHtml(accept: string): boolean {
  return (
    /html/i.test(accept) &&
    accept.split(',').some((range) => /^\s*text\/html\s*(?:;(?!.*\bq=0(?:\.0*)?\s*(?:;|$)).*)?$/i.test(range))
  );
}

interface Problem {
  readonly status: RouteStatus;
  readonly title: string;
  readonly code: string;
}

const METHOD_NOT_ALLOWED: Problem = { status: 405, title: 'Only POST is allowed here', code: 'method_not_allowed' };
const CROSS_SITE: Problem = { status: 403, title: 'The request came from another site', code: 'cross_site' };
const UNAUTHENTICATED: Problem = { status: 401, title: 'Nobody is signed in', code: 'unauthenticated' };

/** Problem details. Source: RFC 9457. */
function problem(
  { status, title, code }: Problem,
  requestId: string = crypto.randomUUID(),
  headers?: Readonly<Record<string, string>>,
): RouteResponse {
  return {
    status,
    headers: { ...headersWith('content-type', 'application/problem+json'), ...headers },
    vary: undefined,
    body: JSON.stringify({ title, status, code, requestId }),
  };
}

function logError({ code, message, requestId }: FaceVerifyError): void {
  // oxlint-disable-next-line eslint/no-console -- A failure that nobody listens for must still be seen.
  console.error(`FaceVerify ${code}${requestId === undefined ? '' : ` [${requestId}]`}: ${message}`);
}
