/**
 * FaceVerify verification sessions in Hono, on Node and Workers.
 *
 * @example
 * import { faceVerify, sessionHandler } from '@faceverify/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.use(faceVerify()); // Keys from FACEVERIFY_API_KEY and FACEVERIFY_SECRET_KEY: on Workers from c.env.
 * app.post('/face-verify/session', sessionHandler({
 *   identify: (c) => c.get('user') && { uniqueIdentifier: c.get('user').id }, // From your own login.
 * }));
 * export { app };
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
export { faceVerify, type FaceVerifyVariables } from './middleware.ts';
