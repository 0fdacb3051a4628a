/**
 * FaceVerify verification sessions in Hono, on Node and Workers: {@link sessionHandler} is a ready route, {@link faceVerify} the client for your own.
 *
 * @module
 */
export { createFaceVerify, type FaceVerify, FaceVerifyError, type FaceVerifyOptions } from '@faceverify/core/adapter';
export type { AttemptEvent, CallOptions, Country, FailureCode, Identified, Identity } from '@faceverify/core/adapter';
export type { RequestOptions, RetryOptions, SameOriginOptions, Session, SessionParams } from '@faceverify/core/adapter';
export type { Source } from '@faceverify/core/adapter';
export { sameOrigin, type SessionHandlerOptions, sessionHandler } from './handler.ts';
export { faceVerify, type FaceVerifyVariables } from './middleware.ts';
