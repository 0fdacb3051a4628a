/**
 * For authors of adapters: the ready route, the client of each request, and the signal of a visitor who disconnects.
 *
 * @example
 * import { createSessionRoute } from '@faceverify/core/adapter';
 *
 * const route = createSessionRoute<Request>({ identify: () => null }, {});
 * export async function handle(request: Request): Promise<Response> {
 *   const { method, headers, signal } = request;
 *   const answer = await route({ method, header: (name) => headers.get(name), signal }, request);
 *   return answer === undefined ? new Response() : new Response(answer.body, answer);
 * }
 *
 * @module
 */
export {
  type ClientOrOptions,
  type ClientResolver,
  createClientResolver,
  type ResolverDefaults,
  type Source,
} from './client-resolver.ts';
export { disconnectSignal, type IncomingRequest, type OutgoingResponse } from './disconnect-signal.ts';
export { PRIVATE_HEADERS, type RouteResponse, type RouteStatus } from './route-response.ts';
export { type CheckedRequest, createSameOriginCheck, type ReadHeader, type SameOriginOptions } from './same-origin.ts';
export {
  createSessionRoute,
  type Identified,
  type Identity,
  type RouteRequest,
  type SessionRoute,
  type SessionRouteOptions,
} from './session-route.ts';
