import { createClientResolver, type FaceVerify, type Source } from '@faceverify/core/adapter';
import type { Context, Env, MiddlewareHandler } from 'hono';

/** What `faceVerify()` adds to the variables of your app's `Env`. */
export interface FaceVerifyVariables {
  /** The FaceVerify client. */
  faceVerify: FaceVerify;
}

/**
 * Puts the client on every context as `c.var.faceVerify`.
 *
 * @param source Options, a client, or a function of the context that gives either; left out, the
 * keys come from `FACEVERIFY_API_KEY` and `FACEVERIFY_SECRET_KEY`: on Workers from `c.env`.
 * @throws {FaceVerifyError} `invalid_options`, naming the option to fix: at once where `source` is
 * an object, else with each request.
 * @example
 * const app = new Hono().use(faceVerify());
 * app.post('/kyc', requireLogin, async (c) => {
 *   const session = await c.var.faceVerify.createSession({ uniqueIdentifier: c.var.user.id });
 *   return c.redirect(session.url, 303);
 * });
 */
// `any`, since TypeScript cannot infer the app's Env through the call of `use`.
// oxlint-disable-next-line typescript/no-explicit-any
export function faceVerify<E extends Env = any>(
  source?: Source<Context<E>>,
): MiddlewareHandler<{ Variables: FaceVerifyVariables }> {
  const clientOf = createClientResolver<Context>(source, { environment: ({ env }) => env });
  return async (c, next) => {
    c.set('faceVerify', await clientOf(c));
    await next();
  };
}
