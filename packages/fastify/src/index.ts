/**
 * FaceVerify verification sessions in Fastify 4 and 5.
 *
 * @example
 * import { faceVerify, sessionRoute } from '@faceverify/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * app.register(faceVerify()); // Keys from FACEVERIFY_API_KEY and FACEVERIFY_SECRET_KEY.
 * app.register(sessionRoute, {
 *   url: '/face-verify/session',
 *   identify: (request) => request.user && { uniqueIdentifier: request.user.id }, // From your own login.
 * });
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
export { type FaceVerifyHandler, sameOrigin, type SessionHandlerOptions, sessionHandler } from './handler.ts';
export { faceVerify } from './middleware.ts';
export { sessionRoute, type SessionRoutePluginOptions } from './session-route.ts';
