/**
 * FaceVerify verification sessions in Express 4 and 5.
 *
 * @example
 * import express from 'express';
 * import { faceVerify, sessionHandler } from '@faceverify/express';
 *
 * const app = express();
 * app.use(faceVerify()); // Keys from FACEVERIFY_API_KEY and FACEVERIFY_SECRET_KEY.
 * app.post('/face-verify/session', sessionHandler({
 *   identify: (req) => req.user && { uniqueIdentifier: req.user.id }, // From your own login.
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
export { faceVerify, type FaceVerifyHandler } from './middleware.ts';
