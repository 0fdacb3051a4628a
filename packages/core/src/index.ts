/**
 * FaceVerify verification sessions for any JavaScript server.
 *
 * @example
 * import { createFaceVerify } from '@faceverify/core';
 *
 * const faceVerify = createFaceVerify(); // Keys from FACEVERIFY_API_KEY and FACEVERIFY_SECRET_KEY.
 * const session = await faceVerify.createSession({ uniqueIdentifier: 'user123', country: 'US' });
 * console.log(session.url);
 *
 * @module
 */
export type { CallOptions, CancelSignal } from './cancellation.ts';
export { createFaceVerify, type FaceVerify } from './client.ts';
export type { Country } from './country.ts';
export { type ErrorDetails, FaceVerifyError, type FailureCode } from './errors.ts';
export type { SignedHeaders } from './headers.ts';
export type { AttemptEvent, FaceVerifyOptions, RetryOptions } from './options.ts';
export type { Fetch, FetchInit, FetchResponse, HttpAgent } from './platform/platform.ts';
export type { RequestOptions } from './request.ts';
export type { Session, SessionParams } from './session.ts';
export { type SignableRequest, type Signed, type SignedRequest, signRequest, verifyRequest } from './signing.ts';
