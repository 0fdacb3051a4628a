import { clientSource, sessionRoute, type SessionRouteOptions, type Source, VisitorSignal } from '@faceverify/core';
import type { DefaultContext, DefaultState, Middleware, ParameterizedContext } from 'koa';

/** How the ready route is set up; `StateT` is the type of your `ctx.state`. */
export interface SessionHandlerOptions<StateT = DefaultState> extends SessionRouteOptions<
  ParameterizedContext<StateT, DefaultContext>
> {
  /** What `faceVerify()` takes; left out, the client mounted before, else that of the environment. */
  readonly client?: Source<ParameterizedContext<StateT, DefaultContext>> | undefined;
}

/**
 * A ready route: creates the session of the signed-in user and answers with it.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to mend.
 * @example
 * router.post('/face-verify/session', requireLogin, sessionHandler<AppState>({
 *   identify: (ctx) => ctx.state.user && { uniqueIdentifier: ctx.state.user.id },
 * }));
 */
export function sessionHandler<StateT = DefaultState>({
  client,
  ...options
}: SessionHandlerOptions<StateT>): Middleware<StateT, DefaultContext> {
  const route = sessionRoute(options, clientSource(client, { mounted: (ctx) => ctx.faceVerify }));
  return async (ctx) => {
    const visitor = new VisitorSignal();
    ctx.res.once('close', () => {
      if (!ctx.res.writableFinished) visitor.abort();
    });
    const header = (name: string): string | undefined => ctx.get(name) || undefined; // Koa says '' for none.
    const answer = await route({ method: ctx.method, header, signal: visitor }, ctx);
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
