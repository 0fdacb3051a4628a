/**
 * For authors of adapters: the ready route, the client of each request, and the signal of a visitor who disconnects.
 * What adapters pass on to their users is exported here too: one file less to load than with the main entry beside it.
 *
 * @example
 * import { createSessionRoute, noAnswer, readRequest, toResponse } from '@faceverify/core/adapter';
 *
 * const route = createSessionRoute<Request>({ identify: () => null }, {});
 * export async function handle(request: Request): Promise<Response> {
 *   const answer = await route(readRequest(request), request);
 *   return answer ? toResponse(answer) : noAnswer();
 * }
 *
 * @module
 */
export type { CallOptions } from '../cancellation.ts';
export { createFaceVerify, type FaceVerify } from '../client.ts';
export type { Country } from '../country.ts';
export { FaceVerifyError, type FailureCode } from '../errors.ts';
export type { AttemptEvent, FaceVerifyOptions, RetryOptions } from '../options.ts';
export type { RequestOptions } from '../request.ts';
export type { Session, SessionParams } from '../session.ts';
export {
  type ClientOrOptions,
  type ClientResolver,
  createClientResolver,
  type ResolverDefaults,
  type Source,
} from './client-resolver.ts';
export { disconnectSignal, type IncomingRequest, type OutgoingResponse } from './disconnect-signal.ts';
export { PRIVATE_HEADERS, type RouteResponse, type RouteStatus } from './route-response.ts';
export {
  type CheckedRequest,
  createSameOriginCheck,
  type ReadHeader,
  type SameOriginOptions,
  type SameOriginResult,
} from './same-origin.ts';
export {
  createSessionRoute,
  type Identified,
  type Identity,
  type RouteRequest,
  type SessionRoute,
  type SessionRouteOptions,
} from './session-route.ts';
export { noAnswer, readRequest, toResponse } from './web-standards.ts';
