import { createSameOriginCheck, createSessionRoute, noAnswer, readRequest } from '@faceverify/core/adapter';
import type { FaceVerify, RouteResponse, RouteStatus } from '@faceverify/core/adapter';
import type { SameOriginOptions, SessionRouteOptions } from '@faceverify/core/adapter';
import type { Context, Env, Handler, MiddlewareHandler, TypedResponse } from 'hono';

/** The options of the ready route; `E` is your app's `Env`. */
// oxlint-disable-next-line typescript/no-explicit-any -- Hono's own default: any app will do.
export type SessionHandlerOptions<E extends Env = any> = SessionRouteOptions<Context<E>>;

/**
 * What the ready route answers to a script, so that `hc` of `hono/client` knows it. Without names of its own, since
 * TypeScript must be able to write it into the declarations of an app.
 */
type SessionResponse = Response &
  (
    | TypedResponse<{ sessionId: string; url: string }, 200, 'json'>
    | TypedResponse<undefined, 303, 'redirect'>
    // Source: RFC 9457.
    | TypedResponse<{ title: string; status: number; code: string; requestId: string }, ErrorStatus, 'json'>
  );
type ErrorStatus = Exclude<RouteStatus, 200 | 303>;

/** The ready route: a handler for any path of an app. */
// oxlint-disable-next-line typescript/no-explicit-any -- Hono's own default for a path.
type SessionRouteHandler<E extends Env> = Handler<E, any, {}, Promise<SessionResponse>>;

/**
 * A ready route: creates the session of the signed-in user and answers with it.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * app.post('/face-verify/session', requireLogin, sessionHandler<AppEnv>({
 *   identify: (c) => c.var.user && { uniqueIdentifier: c.var.user.id },
 * }));
 */
// oxlint-disable-next-line typescript/no-explicit-any -- As above, and on any path.
export function sessionHandler<E extends Env = any>(options: SessionHandlerOptions<E>): SessionRouteHandler<E> {
  // Safe: whatever an app's Env is, `faceVerify` is what the middleware of this package puts there.
  const mounted = (c: Context): FaceVerify | undefined => c.get('faceVerify') as FaceVerify | undefined;
  const route = createSessionRoute<Context<E>>(options, { mounted, environment: ({ env }) => env });
  return async (c) => {
    const answer = await route(readRequest(c.req.raw, c.env), c);
    // Safe: a TypedResponse is a name for what a response holds. Scripts are never sent the page or the status 499.
    return (answer ? send(c, answer) : noAnswer()) as SessionResponse;
  };
}

/**
 * Protects a route of your own as the ready route is: requests from other sites get 403, and no answer is stored.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * const app = new Hono().use(faceVerify());
 * app.post('/kyc', sameOrigin(), async (c) => {
 *   const { url } = await c.var.faceVerify.createSession({ uniqueIdentifier: 'user123' });
 *   return c.redirect(url, 303);
 * });
 */
export function sameOrigin(options?: SameOriginOptions): MiddlewareHandler {
  const check = createSameOriginCheck(options);
  return async (c, next) => {
    const { headers, refusal } = check(readRequest(c.req.raw));
    if (refusal !== undefined) return send(c, refusal);
    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    return undefined;
  };
}

function send(c: Context, { status, headers, vary, body }: RouteResponse): Response {
  if (vary) c.header('vary', vary, { append: true });
  return c.newResponse(body, status, headers);
}
