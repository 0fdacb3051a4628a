import {
  createSameOriginCheck,
  createSessionRoute,
  noAnswer,
  PRIVATE_HEADERS,
  readRequest,
  type SameOriginOptions,
  type SessionRouteOptions,
  toResponse,
} from '@faceverify/core/adapter';

/**
 * The options of the ready route. `Second` and `Third` are what your server passes after the request, such as the
 * bindings and the context of a Worker; `R` is its class of Request.
 */
export type SessionHandlerOptions<Second = unknown, Third = unknown, R extends Request = Request> = SessionRouteOptions<
  R,
  [Second, Third]
>;

/** The ready route: a function for any server that calls one with a Request. */
type SessionHandler<Second, Third, R> = (request: R, second?: Second, third?: Third) => Promise<Response>;

/**
 * A ready route: creates the session of the signed-in user and answers with it. What it is called with after the
 * request is passed on to `identify`, to a `client` function and to `onError`.
 *
 * The keys are looked for with the first request, so that an app can be built where they are not set.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * export const POST = sessionHandler({
 *   identify: async (request) => {
 *     const user = await userOf(request);
 *     return user && { uniqueIdentifier: user.id };
 *   },
 * });
 */
export function sessionHandler<Second = unknown, Third = unknown, R extends Request = Request>(
  options: SessionHandlerOptions<Second, Third, R>,
): SessionHandler<Second, Third, R> {
  const route = createSessionRoute(options, { mounted: () => undefined });
  const handle = async (request: R, ...rest: [Second, Third]): Promise<Response> => {
    const answer = await route(readRequest(request, rest[0]), request, ...rest);
    return answer ? toResponse(answer) : noAnswer();
  };
  // Safe: a server passes what the functions of its handlers are declared with.
  return handle as SessionHandler<Second, Third, R>;
}

/**
 * Protects a route of your own as the ready route is: it answers requests from other sites with 403, and lets the
 * others through. Add {@link privateHeaders} to your own answers.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * const faceVerify = createFaceVerify();
 * const refuse = sameOrigin();
 *
 * export async function POST(request: Request): Promise<Response> {
 *   const refusal = refuse(request);
 *   if (refusal) return refusal;
 *   const { url } = await faceVerify.createSession({ uniqueIdentifier: 'user123' });
 *   return new Response(null, { status: 303, headers: { ...privateHeaders, location: url } });
 * }
 */
export function sameOrigin(options?: SameOriginOptions): (request: Request) => Response | undefined {
  const check = createSameOriginCheck(options);
  return (request) => {
    const { refusal } = check(readRequest(request));
    return refusal && toResponse(refusal);
  };
}

/**
 * The headers of every answer of the ready route, such as `Cache-Control: no-store`, for the answers of a route of your
 * own. Copy them: they are frozen.
 *
 * @example
 * export const signedOut = (): Response => new Response('Sign in first', { status: 401, headers: privateHeaders });
 */
export const privateHeaders: Readonly<Record<string, string>> = Object.freeze(PRIVATE_HEADERS);
