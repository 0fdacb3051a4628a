import { createSessionRoute, disconnectSignal, type SessionRouteOptions } from '@faceverify/core/adapter';
import type { DefaultContext, DefaultState, Middleware, ParameterizedContext } from 'koa';

/** The options of the ready route; `StateT` is the type of your `ctx.state`. */
export type SessionHandlerOptions<StateT = DefaultState> = SessionRouteOptions<
  ParameterizedContext<StateT, DefaultContext>
>;

/**
 * A ready route: creates the session of the signed-in user and answers with it.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * router.post('/face-verify/session', requireLogin, sessionHandler<AppState>({
 *   identify: (ctx) => ctx.state.user && { uniqueIdentifier: ctx.state.user.id },
 * }));
 */
export function sessionHandler<StateT = DefaultState>(
  options: SessionHandlerOptions<StateT>,
): Middleware<StateT, DefaultContext> {
  const route = createSessionRoute(options, { mounted: (ctx) => ctx.faceVerify });
  return async (ctx) => {
    const header = (name: string): string | undefined => ctx.get(name) || undefined; // Koa says '' for none.
    const answer = await route({ method: ctx.method, header, signal: disconnectSignal(ctx.req, ctx.res) }, ctx);
    if (answer === undefined) {
      ctx.respond = false;
      return;
    }
    if (answer.vary !== undefined) ctx.vary(answer.vary);
    ctx.status = answer.status;
    ctx.set(answer.headers);
    ctx.body = answer.body;
  };
}
