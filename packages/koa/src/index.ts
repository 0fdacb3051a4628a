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
 *   identify: (ctx) => ({ uniqueIdentifier: ctx.get('x-user') }), // Your own login.
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
  type RequestOptions,
  type RetryOptions,
  type Session,
  type SessionParams,
} from '@faceverify/core';
export type { Identified, Identity, SameOriginOptions, Source } from '@faceverify/core/adapter';
export { sameOrigin, type SessionHandlerOptions, sessionHandler } from './handler.ts';
export { faceVerify } from './middleware.ts';
