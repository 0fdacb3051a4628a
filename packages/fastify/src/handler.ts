import {
  createSameOriginCheck,
  createSessionRoute,
  disconnectSignal,
  type RouteResponse,
  type SameOriginOptions,
  type SessionRouteOptions,
} from '@faceverify/core/adapter';
import type { FastifyRequest, RawServerBase, RouteHandlerMethod } from 'fastify';

/** The options of the ready route. */
export type SessionHandlerOptions = SessionRouteOptions<FastifyRequest>;

/** What `sessionHandler` and `sameOrigin` return: a handler or a hook, for apps over HTTP/1 and HTTP/2. */
export interface FaceVerifyHandler {
  (request: AnyRequest, reply: AnyReply): Promise<unknown>;
}
// Fastify 4 and 5 have different orders for the parameters of FastifyReply.
type AnyRequest = Parameters<RouteHandlerMethod<RawServerBase>>[0];
type AnyReply = Parameters<RouteHandlerMethod<RawServerBase>>[1];

/**
 * The handler of the ready route alone, for a route that you declare: it creates the session of the signed-in user and
 * answers with it. The parsers of your app read the body first, so prefer `sessionRoute`, which takes any body.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * app.post('/face-verify/session', { preHandler: requireLogin }, sessionHandler({
 *   identify: (request) => request.user && { uniqueIdentifier: request.user.id },
 * }));
 */
export function sessionHandler(options: SessionHandlerOptions): FaceVerifyHandler {
  return createHandler(options, true);
}

/** The handler; `faceVerify()` may have put a client on the request, or cannot have. */
export function createHandler(options: SessionHandlerOptions, mayBeAttached: boolean): FaceVerifyHandler {
  const route = createSessionRoute(options, mayBeAttached ? { mounted: (request) => request.faceVerify } : {});
  return async (request, reply) => {
    const signal = disconnectSignal(request.raw, reply.raw);
    // Safe: over HTTP/2 `raw` is of another class, and all else is the same.
    const answer = await route({ ...readable(request), signal }, request as FastifyRequest);
    if (answer === undefined) reply.hijack(); // Nobody is left to answer.
    // Fastify's own timeout may have answered meanwhile.
    else if (!reply.sent) return send(reply, answer);
    return undefined;
  };
}

/**
 * A hook that protects a route of your own as the ready route is: requests from other sites get 403, and no answer is
 * stored.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * app.post('/kyc', { onRequest: sameOrigin(), preHandler: requireLogin }, async (request, reply) => {
 *   const { url } = await request.faceVerify.createSession({ uniqueIdentifier: 'user123' });
 *   return reply.redirect(url, 303);
 * });
 */
export function sameOrigin(options?: SameOriginOptions): FaceVerifyHandler {
  const check = createSameOriginCheck(options);
  return async (request, reply) => {
    const { headers, refusal } = check(readable(request));
    reply.headers(headers);
    return refusal && send(reply, refusal);
  };
}

function readable({ method, headers }: AnyRequest): { method: string; header: (name: string) => string | undefined } {
  return { method, header: (name) => headers[name]?.toString() };
}

function send(reply: AnyReply, { status, headers, vary, body }: RouteResponse): AnyReply {
  const before = reply.getHeader('vary');
  if (vary !== undefined) reply.header('vary', before === undefined ? vary : `${before.toString()}, ${vary}`);
  // Bytes, since Fastify changes the type of JSON in a string. No bytes at all would get a type too.
  return reply
    .code(status)
    .headers(headers)
    .send(body === '' ? undefined : Buffer.from(body));
}
