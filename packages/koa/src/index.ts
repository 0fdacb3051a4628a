/**
 * FaceVerify verification sessions in Koa 2 and 3.
 *
 * @example
 * import Koa from 'koa';
 * import { faceVerify, sessionHandler } from '@faceverify/koa';
 *
 * const app = new Koa();
 * app.use(faceVerify()); // Keys from FACEVERIFY_API_KEY and FACEVERIFY_SECRET_KEY.
 * app.use(sessionHandler({
 *   identify: (ctx) => ctx.state.user && { uniqueIdentifier: ctx.state.user.id }, // From your own login.
 * }));
 *
 * @module
 */
export {
  type AttemptEvent,
  type CallOptions,
  type Country,
  createFaceVerify,
  type FaceVerify,
  FaceVerifyError,
  type FaceVerifyOptions,
  type FailureCode,
  type Identified,
  type Identity,
  type RequestOptions,
  type RetryOptions,
  type SameOriginOptions,
  type Session,
  type SessionParams,
  type Source,
} from '@faceverify/core/adapter';
export { sameOrigin, type SessionHandlerOptions, sessionHandler } from './handler.ts';
export { faceVerify } from './middleware.ts';
