import type { RequestListener } from 'node:http';
import { faceVerify, sameOrigin, sessionHandler, sessionRoute } from '@faceverify/fastify';
import fastify5, { type FastifyRequest } from 'fastify';
import fastify4 from 'fastify4';
import { type Framework, routesFor, type TestApp } from '../../../test/support/test-app.ts';

const FORM = 'application/x-www-form-urlencoded';
/** Those that `sessionRoute` does not declare. */
const OTHER_METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  return headers[name]?.toString();
}

async function createApp(
  fastify: typeof fastify5,
  { routes, prefix, parseBody, caught, takeNotes }: TestApp,
): Promise<RequestListener> {
  const app = fastify();
  app.addHook('onRequest', async (_request, reply) => void reply.header('vary', 'Origin'));
  if (caught) app.addHook('onError', async (_request, _reply, error) => caught(error));
  if (parseBody) app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, body));

  for (const { path, middleware, sameOrigin: check, mounted, attached } of routesFor(routes, headerOf)) {
    const isKeyless = !middleware && mounted?.client === undefined && !process.env['FACEVERIFY_API_KEY'];
    app.register(
      async (scope) => {
        if (middleware) scope.register(faceVerify(middleware.source));
        if (mounted) {
          const handler = sessionHandler(mounted);
          scope.route({ method: OTHER_METHODS, url: path, handler });
          // The plugin checks the keys when it is registered: see session-route.test.ts.
          if (isKeyless) scope.post(path, handler);
          else scope.register(sessionRoute, { url: path, ...mounted });
        }
        if (attached) {
          scope.post(path, check ? { onRequest: sameOrigin(check) } : {}, async (request, reply) => {
            const { url } = await attached(request.faceVerify, request);
            return reply.redirect(url, 303);
          });
        }
      },
      { prefix },
    );
  }
  app.get(`${prefix}/notes`, takeNotes);
  await app.ready();
  return app.routing;
}

export const FRAMEWORKS: readonly Framework[] = [
  { name: 'Fastify 5', listenerOf: (app) => createApp(fastify5, app) },
  { name: 'Fastify 4', listenerOf: (app) => createApp(fastify4, app) },
];
