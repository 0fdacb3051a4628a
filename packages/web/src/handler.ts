import {
  createSameOriginCheck,
  createSessionRoute,
  PRIVATE_HEADERS,
  readRequest,
  type SameOriginOptions,
  type SessionRouteOptions,
  toResponse,
} from '@faceverify/core/adapter';

/** The options of the ready route. `Rest` is what your server passes after the request, such as `env` on Workers. */
export type SessionHandlerOptions<Rest extends unknown[] = [], R extends Request = Request> = SessionRouteOptions<
  R,
  Rest
>;

/**
 * A ready route: creates the session of the signed-in user and answers with it. What it is called with after the
 * request is passed on to `identify`, to a `client` function and to `onError`.
 *
 * The keys are looked for with the first request, so that an app can be built where they are not set.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * export const POST = sessionHandler({
 *   identify: async (request: Request) => {
 *     const user = await userOf(request);
 *     return user && { uniqueIdentifier: user.id };
 *   },
 * });
 */
export function sessionHandler<Rest extends unknown[] = [], R extends Request = Request>(
  options: SessionHandlerOptions<Rest, R>,
): (request: R, ...rest: Rest) => Promise<Response> {
  const route = createSessionRoute(options, { mounted: () => undefined });
  return async (request, ...rest) =>
    toResponse(await route({ ...readRequest(request), signal: request.signal }, request, ...rest));
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
 * const { sessionId, url } = await faceVerify.createSession({ uniqueIdentifier: 'user123' });
 * export const answer = Response.json({ sessionId, url }, { headers: privateHeaders });
 */
export const privateHeaders: Readonly<Record<string, string>> = Object.freeze(PRIVATE_HEADERS);
