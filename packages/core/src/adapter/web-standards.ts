import type { CancelSignal } from '../cancellation.ts';
import { disconnectSignal, type IncomingRequest, type OutgoingResponse } from './disconnect-signal.ts';
import type { RouteResponse } from './route-response.ts';
import type { CheckedRequest } from './same-origin.ts';

/**
 * For adapters whose framework has a Request of the web standards: what the checks read of it.
 *
 * @example
 * const check = createSameOriginCheck();
 * const isOwn = (request: Request): boolean => check(readRequest(request)).refusal === undefined;
 */
export function readRequest({ method, headers, url }: Request): CheckedRequest {
  return {
    method,
    // A pseudo-header of HTTP/2 is not a name for Headers: `:authority` is part of the URL.
    header: (name) => (name === ':authority' ? new URL(url).host : headers.get(name)),
  };
}

/**
 * A signal that aborts when the visitor disconnects.
 *
 * @param env What the server passes after the request. On Node, that of `@hono/node-server` holds the server's own
 * request and response, which tell more; and reading the signal can break connections of its old versions.
 * @example
 * const signal = visitorSignal(new Request('https://app.example.com'), undefined);
 */
export function visitorSignal(request: Request, env: unknown): CancelSignal {
  // Safe: elsewhere there is nothing, or bindings of other names.
  const { incoming, outgoing } = (env ?? {}) as { incoming?: IncomingRequest; outgoing?: OutgoingResponse };
  return incoming?.socket && outgoing ? disconnectSignal(incoming, outgoing) : request.signal;
}

/**
 * An answer of the route as a Response. If the visitor has disconnected, nobody is left to read it: the status 499 is
 * what proxies log for that.
 *
 * @example
 * const route = createSessionRoute<Request>({ identify: () => null }, {});
 * export async function handle(request: Request): Promise<Response> {
 *   return toResponse(await route({ ...readRequest(request), signal: visitorSignal(request, undefined) }, request));
 * }
 */
export function toResponse(answer: RouteResponse | undefined): Response {
  if (answer === undefined) return new Response(null, { status: 499 });
  const { status, headers, vary, body } = answer;
  // An empty text would get a Content-Type.
  return new Response(body || null, { status, headers: vary === undefined ? headers : { ...headers, vary } });
}
