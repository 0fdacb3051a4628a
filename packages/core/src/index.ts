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
// hmacSha256 by itself: whoever only signs does not carry what sends.
import { hmacSha256, loadDiagnosis, platform } from '#platform';
import { createClient, type FaceVerify } from './client.ts';
import {
  type ClientFor,
  type ClientOf,
  createClientFor,
  createClientSource,
  type Source,
  type SourceDefaults,
} from './client-source.ts';
import { explain } from './explain-signature.ts';
import type { SignatureExplanation } from './signature-diagnosis.ts';
import { type FaceVerifyOptions, readOptions } from './options.ts';
import { createSessionRoute, type SessionRoute, type SessionRouteOptions } from './session-route.ts';
import { type SignableRequest, sign, type Signed, type SignedRequest, verify } from './signing.ts';

/**
 * Creates a client; keep it for as long as the app runs.
 *
 * @throws {FaceVerifyError} `invalid_options`, naming the option to mend.
 * @example
 * const faceVerify = createFaceVerify({ apiKey: 'key', secretKey: 'secret', timeoutMs: 5_000 });
 */
export function createFaceVerify(options: FaceVerifyOptions = {}): FaceVerify {
  return createClient(platform, readOptions(options));
}

/**
 * The client of these options, made at the first call and kept by apiKey, secretKey and baseUrl:
 * further options count in the first call only, and an object once seen is not read again. Of more than 64
 * clients the one longest unused is no longer kept.
 *
 * @throws {FaceVerifyError} `invalid_options`, naming the option to mend.
 * @example
 * const faceVerify = clientFor({ apiKey: tenant.apiKey, secretKey: tenant.secretKey });
 */
export const clientFor: ClientFor = /* @__PURE__ */ createClientFor(platform);

/**
 * For adapters: finds the client of each request, from what the user gave or, if that is nothing,
 * from the adapter's defaults, and in the end from the process's environment.
 *
 * @throws {FaceVerifyError} `invalid_options`, naming the option to mend.
 * @example
 * const clientOf = clientSource<Context>(source, { environment: (context) => context.env });
 */
export function clientSource<Native>(
  source: Source<Native> | undefined,
  defaults: SourceDefaults<Native> = {},
): ClientOf<Native> {
  return createClientSource(platform, clientFor, source, defaults);
}

/**
 * For adapters: the route behind `sessionHandler`, from what the user gave and where else to look
 * for a client.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to mend.
 * @example
 * const client = createFaceVerify();
 * const route = sessionRoute<Request>({ identify: () => null }, { mounted: () => client });
 */
export function sessionRoute<Native>(
  options: SessionRouteOptions<Native>,
  defaults: SourceDefaults<Native>,
): SessionRoute<Native> {
  return createSessionRoute(options, (source) => clientSource(source, defaults));
}

/**
 * Signs a request as FaceVerify demands; `createSession` and `request` do so by themselves.
 * A URL that would not be sent as it is signed is refused.
 *
 * @throws {FaceVerifyError} (as a rejection) `invalid_params`, naming the field to mend.
 * @example
 * const url = 'https://start.faceverify.ai/api/v1/session';
 * const body = JSON.stringify({ uniqueIdentifier: 'user123' });
 * const { headers } = await signRequest({ method: 'POST', url, body, apiKey: 'key', secretKey: 'secret' });
 * await fetch(url, { method: 'POST', headers, body });
 */
export function signRequest(request: SignableRequest): Promise<Signed> {
  return sign(hmacSha256, request);
}

/**
 * Whether a signature is right for a request: compared in constant time, and never throws.
 *
 * @example
 * const url = 'https://start.faceverify.ai/api/v1/session';
 * const request = { method: 'POST', url, body: '{}', apiKey: 'key', secretKey: 'secret' };
 * const { signature } = await signRequest(request);
 * console.log(await verifyRequest({ ...request, signature })); // true
 */
export function verifyRequest(request: SignedRequest): Promise<boolean> {
  return verify(hmacSha256, request);
}

/**
 * Says why a signature is refused: which usual mistake would give it. It takes any URL, those that
 * `signRequest` refuses too, and cuts the secret out of what it shows. For development, not for every request.
 *
 * @throws {FaceVerifyError} (as a rejection) `invalid_params` where a field is not text or bytes.
 * @example
 * const explanation = await explainSignature({
 *   method: 'POST',
 *   url: 'https://start.faceverify.ai/api/v1/session',
 *   body: '{"uniqueIdentifier":"user123"}',
 *   apiKey: 'key',
 *   secretKey: 'secret',
 *   signature: 'f3cebbddf0d997ee1267253ca07f95c46bcdb5391cb42f838e836037fcbc42e6',
 * });
 * console.log(explanation.summary);
 */
export function explainSignature(request: SignedRequest): Promise<SignatureExplanation> {
  return explain(hmacSha256, loadDiagnosis, request);
}

export { type CallOptions, type CancelSignal, visitorOf, type VisitorResponse } from './cancel-signal.ts';
export type { FaceVerify } from './client.ts';
export type { ClientFor, ClientOf, ClientOrOptions, Source, SourceDefaults } from './client-source.ts';
export type { Country } from './country.ts';
export type { SignatureExplanation } from './signature-diagnosis.ts';
export type { SignatureMistake } from './signing-mistakes.ts';
export { FaceVerifyError, type FailureCode, type FailureDetails } from './failure.ts';
export type { AttemptEvent, Environment, FaceVerifyOptions, Fetch, HttpAgent, RetryOptions } from './options.ts';
export type { MaybePromise } from './platform/platform.ts';
export type { RequestOptions } from './request.ts';
export type { Session, SessionParams } from './session.ts';
export {
  type Identified,
  type Identity,
  type RouteRequest,
  type RouteResponse,
  type RouteStatus,
  type SessionRoute,
  type SessionRouteOptions,
} from './session-route.ts';
export type { SignableRequest, Signed, SignedRequest } from './signing.ts';
