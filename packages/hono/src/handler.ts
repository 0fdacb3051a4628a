import type { FaceVerify } from '@faceverify/core';
import { createSessionRoute, type SessionRouteOptions } from '@faceverify/core/adapter';
import type { Context, Env, Handler } from 'hono';

/** The options of the ready route; `E` is your app's `Env`. */
// oxlint-disable-next-line typescript/no-explicit-any -- Hono's own default: any app will do.
export type SessionHandlerOptions<E extends Env = any> = SessionRouteOptions<Context<E>>;

/**
 * A ready route: creates the session of the signed-in user and answers with it.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * app.post('/face-verify/session', requireLogin, sessionHandler<AppEnv>({
 *   identify: (c) => c.var.user && { uniqueIdentifier: c.var.user.id },
 * }));
 */
// oxlint-disable-next-line typescript/no-explicit-any -- As above.
export function sessionHandler<E extends Env = any>(options: SessionHandlerOptions<E>): Handler<E> {
  // Safe: whatever an app's Env is, `faceVerify` is what the middleware of this package puts there.
  const mounted = (c: Context): FaceVerify | undefined => c.get('faceVerify') as FaceVerify | undefined;
  const route = createSessionRoute<Context<E>>(options, { mounted, environment: ({ env }) => env });
  return async (c) => {
    const { signal } = c.req.raw;
    // A pseudo-header of HTTP/2 is no name for Headers: what `:authority` says is part of the URL.
    const header = (name: string): string | undefined =>
      name === ':authority' ? new URL(c.req.url).host : c.req.header(name);
    const answer = await route({ method: c.req.method, header, signal }, c);
    // Nobody is left to read it: the status is what proxies log for that.
    if (answer === undefined) return new Response(null, { status: 499 });
    if (answer.vary !== undefined) c.header('vary', answer.vary, { append: true });
    return c.newResponse(answer.body, answer.status, answer.headers);
  };
}
