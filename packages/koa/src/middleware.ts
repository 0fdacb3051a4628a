import { createClientResolver, type FaceVerify, type Source } from '@faceverify/core/adapter';
import type { Context, Middleware } from 'koa';

declare module 'koa' {
  // Not DefaultContext: routers whose types name a context of their own would refuse every other middleware.
  interface ExtendableContext {
    /** The FaceVerify client, put here by `faceVerify()`. */
    faceVerify: FaceVerify;
  }
}

/**
 * Puts the client on every context as `ctx.faceVerify`.
 *
 * @param source Options, a client, or a function of the context that gives either; left out, the
 * keys come from `FACEVERIFY_API_KEY` and `FACEVERIFY_SECRET_KEY`.
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix; where `source` is
 * a function, with each request.
 * @example
 * app.use(faceVerify());
 * router.post('/kyc', requireLogin, async (ctx) => {
 *   const session = await ctx.faceVerify.createSession({ uniqueIdentifier: ctx.state.user.id });
 *   ctx.status = 303;
 *   ctx.redirect(session.url);
 * });
 */
export function faceVerify(source?: Source<Context>): Middleware {
  const clientOf = createClientResolver(source);
  return async (ctx, next) => {
    ctx.faceVerify = await clientOf(ctx);
    await next();
  };
}
