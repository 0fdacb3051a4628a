import {
  createSameOriginCheck,
  createSessionRoute,
  disconnectSignal,
  type RouteResponse,
  type SameOriginOptions,
  type SessionRouteOptions,
} from '@faceverify/core/adapter';
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
    const signal = disconnectSignal(ctx.req, ctx.res);
    const answer = await route({ method: ctx.method, header: headerOf(ctx), signal }, ctx);
    if (answer === undefined) ctx.respond = false;
    else send(ctx, answer);
  };
}

/**
 * Protects a route of your own as the ready route is: requests from other sites get 403, and no answer is stored.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * router.post('/kyc', sameOrigin(), requireLogin, async (ctx) => {
 *   const { url } = await ctx.faceVerify.createSession({ uniqueIdentifier: 'user123' });
 *   ctx.status = 303;
 *   ctx.redirect(url);
 * });
 */
export function sameOrigin(options?: SameOriginOptions): Middleware {
  const check = createSameOriginCheck(options);
  return async (ctx, next) => {
    const { headers, refusal } = check({ method: ctx.method, header: headerOf(ctx) });
    ctx.set(headers);
    if (refusal === undefined) await next();
    else send(ctx, refusal);
  };
}

type AnyContext = Pick<ParameterizedContext, 'body' | 'get' | 'set' | 'status' | 'vary'>;

/** Koa gives '' for a header that is missing. */
function headerOf(ctx: AnyContext): (name: string) => string | undefined {
  return (name) => ctx.get(name) || undefined;
}

function send(ctx: AnyContext, { status, headers, vary, body }: RouteResponse): void {
  if (vary !== undefined) ctx.vary(vary);
  ctx.status = status;
  ctx.set(headers);
  ctx.body = body;
}
