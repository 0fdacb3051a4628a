import { clientSource, sessionRoute, type SessionRouteOptions, type Source } from '@faceverify/core';
import type { Context, Env, Handler } from 'hono';
import { env } from 'hono/adapter';

/** How the ready route is set up; `E` is your app's `Env`. */
// oxlint-disable-next-line typescript/no-explicit-any -- Hono's own default: any app will do.
export interface SessionHandlerOptions<E extends Env = any> extends SessionRouteOptions<Context<E>> {
  /** What `faceVerify()` takes; left out, the client mounted before, else that of the environment. */
  readonly client?: Source<Context<E>> | undefined;
}

/**
 * A ready route: creates the session of the signed-in user and answers with it.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to mend.
 * @example
 * app.post('/face-verify/session', requireLogin, sessionHandler<AppEnv>({
 *   identify: (c) => c.var.user && { uniqueIdentifier: c.var.user.id },
 * }));
 */
// oxlint-disable-next-line typescript/no-explicit-any -- As above.
export function sessionHandler<E extends Env = any>({ client, ...options }: SessionHandlerOptions<E>): Handler<E> {
  const clientOf = clientSource<Context>(client, { mounted: (c) => c.get('faceVerify'), environment: env });
  const route = sessionRoute(options, clientOf);
  return async (c) => {
    const { signal } = c.req.raw;
    // A pseudo-header of HTTP/2 is no name for Headers: what `:authority` says is part of the URL.
    const header = (name: string): string | undefined =>
      name === ':authority' ? new URL(c.req.url).host : c.req.header(name);
    const answer = await route({ method: c.req.method, header, signal }, c);
    if (answer === undefined) return c.body(null);
    if (answer.vary !== undefined) c.header('vary', answer.vary, { append: true });
    return c.newResponse(answer.body, answer.status, answer.headers);
  };
}
