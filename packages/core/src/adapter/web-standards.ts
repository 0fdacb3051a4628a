import { disconnectSignal, type IncomingRequest, type OutgoingResponse } from './disconnect-signal.ts';
import type { RouteResponse } from './route-response.ts';
import type { RouteRequest } from './session-route.ts';

/**
 * For adapters whose framework has a Request of the web standards: what the route reads of it.
 *
 * @param env What the server passes after the request. On Node, that of `@hono/node-server` holds the server's own
 * request and response, which tell more of a visitor who leaves; and reading the signal can break connections of its
 * old versions.
 * @example
 * const check = createSameOriginCheck();
 * const isOwn = (request: Request): boolean => check(readRequest(request)).refusal === undefined;
 */
export function readRequest(request: Request, env?: unknown): RouteRequest {
  return {
    method: request.method,
    // A pseudo-header of HTTP/2 is not a name for Headers: `:authority` is part of the URL.
    header: (name) => (name === ':authority' ? new URL(request.url).host : request.headers.get(name)),
    get signal() {
      // Safe: elsewhere there is nothing, or bindings of other names.
      const { incoming, outgoing } = (env ?? {}) as { incoming?: IncomingRequest; outgoing?: OutgoingResponse };
      return incoming?.socket && outgoing ? disconnectSignal(incoming, outgoing) : request.signal;
    },
  };
}

/**
 * An answer of the route as a Response.
 *
 * @example
 * const check = createSameOriginCheck();
 * export function refuse(request: Request): Response | undefined {
 *   const { refusal } = check(readRequest(request));
 *   return refusal && toResponse(refusal);
 * }
 */
export function toResponse({ status, headers, vary, body }: RouteResponse): Response {
  // An empty text would get a Content-Type.
  return new Response(body || null, { status, headers: vary === undefined ? headers : { ...headers, vary } });
}

/**
 * For a visitor who has disconnected: nobody is left to read an answer, and the status is what proxies log for that.
 *
 * @example
 * export const answer = (response: Response | undefined): Response => response ?? noAnswer();
 */
export function noAnswer(): Response {
  return new Response(null, { status: 499 });
}
