import { createClientResolver, type FaceVerify, type Source } from '@faceverify/core/adapter';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyRequest {
    /** The FaceVerify client, put here by `faceVerify()`. */
    faceVerify: FaceVerify;
  }
}

/**
 * A plugin that puts the client on every request of the scope in which you register it, as `request.faceVerify`.
 * Register it before the routes that use it. In a scope within that scope, another one replaces the client.
 *
 * @param source Options, a client, or a function of the request that gives either; left out, the
 * keys come from `FACEVERIFY_API_KEY` and `FACEVERIFY_SECRET_KEY`.
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix; where `source` is
 * a function, with each request.
 * @example
 * app.register(faceVerify());
 * app.post('/kyc', { onRequest: sameOrigin(), preHandler: requireLogin }, async (request, reply) => {
 *   const session = await request.faceVerify.createSession({ uniqueIdentifier: userId(request) });
 *   return reply.redirect(session.url, 303);
 * });
 */
export function faceVerify(source?: Source<FastifyRequest>): FastifyPluginAsync {
  const clientOf = createClientResolver(source);
  const plugin: FastifyPluginAsync = async (app) => {
    if (!app.hasRequestDecorator('faceVerify')) app.decorateRequest('faceVerify');
    app.addHook('onRequest', async (request) => {
      request.faceVerify = await clientOf(request);
    });
  };
  return fastifyPlugin(plugin, { name: '@faceverify/fastify' });
}
