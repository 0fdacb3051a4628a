import type { CancelSignal } from '../cancellation.ts';
import { FAILURES, FaceVerifyError } from '../errors.ts';
import type { MaybePromise } from '../platform/platform.ts';
import type { SessionParams } from '../session.ts';
import { callUserFunction, notify, rethrowAsError } from '../user-functions.ts';
import { invalidOption, isBoolean, isFunction, ownField, parseUrl, readFields, readOptional } from '../validation.ts';
import { type Audience, AUDIENCE_HEADERS, audienceOf } from './audience.ts';
import { createClientResolver, type ResolverDefaults, type Source } from './client-resolver.ts';
import {
  htmxRedirectTo,
  newId,
  type Problem,
  problemJson,
  problemPage,
  redirectTo,
  type RouteResponse,
  sessionJson,
} from './route-response.ts';
import { CROSS_SITE, isOwnOrigin, isSameOrigin, type ReadHeader, readOrigins } from './same-origin.ts';

/** Who is signed in, as your server knows it. */
export type Identity = Required<Pick<SessionParams, 'uniqueIdentifier'>> & Pick<SessionParams, 'country'>;

/** What `identify` may return: an identity, or anything falsy if nobody is signed in. */
export type Identified = Identity | null | undefined | false | '' | 0;

/** The options of the ready route; `Rest` is what the framework passes after the request. */
export interface SessionRouteOptions<FrameworkRequest, Rest extends unknown[] = []> {
  /**
   * Returns who is signed in, from your own login. The identity comes from nowhere else: anyone who could choose it
   * would get that person's link. If it returns something falsy, the route answers 401. What it throws is passed on.
   */
  readonly identify: (request: FrameworkRequest, ...rest: Rest) => MaybePromise<Identified>;
  /** `json`, `redirect`, or `auto` (the default): a redirect if a browser navigates, else JSON. */
  readonly respond?: 'auto' | 'json' | 'redirect' | undefined;
  /** Origins such as `https://app.example.com` or `capacitor://localhost` that may call besides the site's own. */
  readonly origins?: readonly string[] | undefined;
  /**
   * A path of your app, such as `/verification-failed`, for failures if the route would redirect. `code` and
   * `requestId` are added to its query. By default the visitor gets a small page.
   */
  readonly failureUrl?: string | undefined;
  /**
   * Called with every failure to create a session. By default one line goes to `console.error`, unless `passErrors` is
   * set. What it throws is ignored.
   */
  readonly onError?: ((error: FaceVerifyError, request: FrameworkRequest, ...rest: Rest) => void) | undefined;
  /** What `faceVerify()` takes; default: the client of `faceVerify()`, or one with the environment's keys. */
  readonly client?: Source<FrameworkRequest, Rest> | undefined;
  /** Passes failures to the framework's error handling instead of answering them; `false` by default. */
  readonly passErrors?: boolean | undefined;
}

/** A request, as far as the route reads one. */
export interface RouteRequest {
  readonly method: string;
  readonly header: ReadHeader;
  /** Aborts when the visitor disconnects. */
  readonly signal: CancelSignal;
}

/** Answers a request; `undefined` if the visitor has disconnected. */
export type SessionRoute<FrameworkRequest, Rest extends unknown[] = []> = (
  route: RouteRequest,
  request: FrameworkRequest,
  ...rest: Rest
) => Promise<RouteResponse | undefined>;

const METHOD_NOT_ALLOWED: Problem = {
  status: 405,
  title: 'Only POST is allowed here',
  code: 'method_not_allowed',
  headers: { allow: 'POST' },
};
const UNAUTHENTICATED: Problem = { status: 401, title: 'Nobody is signed in', code: 'unauthenticated' };

/**
 * For adapters: the route behind `sessionHandler`. It checks method and origin, identifies the user, creates the
 * session and answers.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * import { createFaceVerify } from '@faceverify/core';
 *
 * const client = createFaceVerify();
 * const route = createSessionRoute<Request>({ identify: () => null }, { mounted: () => client });
 */
export function createSessionRoute<FrameworkRequest, Rest extends unknown[] = []>(
  options: SessionRouteOptions<FrameworkRequest, Rest>,
  defaults: ResolverDefaults<FrameworkRequest>,
): SessionRoute<FrameworkRequest, Rest> {
  const {
    identify,
    client,
    respond = 'auto',
    failureUrl,
    onError,
    passErrors = false,
    ...given
  } = readRouteOptions(options);
  const origins = readOrigins(given.origins);
  const clientOf = createClientResolver(client, defaults);

  /** The answer for a script or a person, or `undefined` if nobody is left to answer. */
  async function answer(
    { method, header, signal }: RouteRequest,
    visit: readonly [FrameworkRequest, ...Rest],
    audience: Audience,
  ): Promise<RouteResponse | undefined> {
    const fail = (problem: Problem, page?: string): RouteResponse => failureResponse(problem, audience, header, page);
    if (method !== 'POST') return fail(METHOD_NOT_ALLOWED);
    if (!isSameOrigin(header, origins)) return fail(CROSS_SITE);
    // Safe: paramsOf and createSession check it.
    const identity = (await callUserFunction(() => identify(...visit), undefined)) as Identified;
    // oxlint-disable-next-line typescript/strict-boolean-expressions -- `user && { ... }` gives whatever `user` was.
    if (!identity) return fail(UNAUTHENTICATED, failureUrl);
    try {
      const session = await (await clientOf(...visit)).createSession(paramsOf(identity), { signal });
      if (audience === 'script') return sessionJson(session);
      return audience === 'htmx' ? htmxRedirectTo(session.url) : redirectTo(session.url);
    } catch (error) {
      // A code that is not in the table is that of another version, or of the user's own.
      if (!FaceVerifyError.is(error) || !Object.hasOwn(FAILURES, error.code)) return rethrowAsError(error);
      const { status, title } = FAILURES[error.code];
      // If the call was cancelled by other means, the visitor still waits.
      if (status === undefined && signal.aborted) return undefined;
      // With passErrors, the framework's error handling tells the operator.
      if (onError !== undefined) notify(onError, error, ...visit);
      else if (!passErrors) logError(error);
      if (passErrors) throw error;
      const { code, requestId, retryAfterMs } = error;
      const headers = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
      return fail({ status: status ?? 503, title, code, requestId, headers }, failureUrl);
    }
  }

  return async (route, ...visit) => {
    const response = await answer(route, visit, audienceOf(respond, route.header));
    return response && { ...response, vary: respond === 'auto' ? AUDIENCE_HEADERS : undefined };
  };
}

/** What a script or a person gets in place of the session. */
function failureResponse(problem: Problem, audience: Audience, header: ReadHeader, page?: string): RouteResponse {
  if (audience === 'script') return problemJson(problem);
  if (page === undefined) return audience === 'htmx' ? problemJson(problem) : problemPage(problem, backFrom(header));
  const { code, headers, requestId = newId() } = problem;
  const url = new URL(LOCALHOST + page);
  url.searchParams.set('code', code);
  url.searchParams.set('requestId', requestId);
  const location = url.href.slice(LOCALHOST.length);
  return audience === 'htmx' ? htmxRedirectTo(location) : redirectTo(location, headers);
}

/** The page that the visitor came from, if it is of the same site. */
function backFrom(header: ReadHeader): string {
  const referer = parseUrl(header('referer') ?? '');
  if (referer === undefined || !/^https?:$/.test(referer.protocol) || !isOwnOrigin(referer.origin, header)) return '/';
  return referer.origin + referer.pathname + referer.search;
}

/** In front of a path, to parse it. */
const LOCALHOST = 'http://localhost';

const OPTION_NAMES = [
  'identify',
  'client',
  'respond',
  'origins',
  'failureUrl',
  'onError',
  'passErrors',
] as const satisfies readonly (keyof SessionRouteOptions<never>)[];
const FORMS = ['auto', 'json', 'redirect'] as const;

function readRouteOptions<Options extends { readonly identify: unknown }>(options: Options) {
  const given = readFields(options, 'sessionHandler', OPTION_NAMES);
  if (!isFunction(given['identify'])) {
    throw invalidOption('identify', 'is missing. Add (request) => ({ uniqueIdentifier })');
  }
  readOptional(given, 'respond', (value) => FORMS.some((form) => form === value), `one of ${FORMS.join(', ')}`);
  readOptional(given, 'failureUrl', isPath, 'a path of your app such as "/failed"');
  readOptional(given, 'onError', isFunction, 'a function');
  readOptional(given, 'passErrors', isBoolean, 'true or false');
  // Safe: every field is checked here or where it is read.
  return given as Partial<Options> & Pick<Options, 'identify'>;
}

/** Own fields only: neither a polluted prototype nor further fields choose whose link this is. */
function paramsOf(identity: unknown): SessionParams {
  // Safe: createSession checks both, and refuses an identifier that is present but not a string.
  return {
    uniqueIdentifier: ownField(identity, 'uniqueIdentifier') as string,
    country: ownField(identity, 'country') as SessionParams['country'],
  };
}

/** Whether `value` is a path that a browser does not rewrite, and not `//host`. */
function isPath(value: unknown): boolean {
  return (
    typeof value === 'string' && /^\/(?!\/)/.test(value) && parseUrl(LOCALHOST + value)?.href === LOCALHOST + value
  );
}

function logError({ code, message, requestId }: FaceVerifyError): void {
  // oxlint-disable-next-line eslint/no-console -- A failure that nobody listens for must still be seen.
  console.error(`FaceVerify ${code}${requestId === undefined ? '' : ` [${requestId}]`}: ${message}`);
}
