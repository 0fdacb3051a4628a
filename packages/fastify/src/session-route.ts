import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import { createHandler, type SessionHandlerOptions } from './handler.ts';

/** Options of a route that Fastify gets. All others are the ready route's, which refuses those that it does not know. */
const ROUTE_OPTIONS = [
  'config',
  'constraints',
  'errorHandler',
  'logLevel',
  'logSerializers',
  'onRequest',
  'onRequestAbort',
  'onResponse',
  'onSend',
  'onTimeout',
  'preHandler',
  'preParsing',
  'preValidation',
  'schema',
] as const satisfies readonly (keyof RouteShorthandOptions)[];

// Older versions of Fastify declare fewer.
type RouteOption = Extract<keyof RouteShorthandOptions, (typeof ROUTE_OPTIONS)[number]>;

/** The options of `sessionRoute`: those of the ready route, and those of a route of Fastify but for its `onError`. */
export interface SessionRoutePluginOptions extends SessionHandlerOptions, Pick<RouteShorthandOptions, RouteOption> {
  /** The path of the route. */
  readonly url: string;
  /** What Fastify puts before the path, as for every plugin. */
  readonly prefix?: string;
}

/**
 * The ready route, as a plugin with a scope of its own. It takes a POST with any body, and reads none.
 *
 * @throws {FaceVerifyError} `invalid_options` when your app starts, naming the option to fix.
 * @example
 * app.register(sessionRoute, {
 *   url: '/face-verify/session',
 *   preHandler: requireLogin,
 *   identify: (request) => request.user && { uniqueIdentifier: request.user.id },
 * });
 */
export async function sessionRoute(app: FastifyInstance, options: SessionRoutePluginOptions): Promise<void> {
  const { url, prefix: _, ...rest } = options;
  const isForFastify = ([name]: [string, unknown]): boolean => ROUTE_OPTIONS.some((each) => each === name);
  const given = Object.entries(rest);
  const forFastify = Object.fromEntries(given.filter(isForFastify));
  // Safe: createHandler checks them.
  const forHandler = Object.fromEntries(
    given.filter((entry) => !isForFastify(entry)),
  ) as unknown as SessionHandlerOptions;
  // Plugins load in order: where faceVerify() has not come yet, it never will, and the keys are checked now.
  const handler = createHandler(forHandler, app.hasRequestDecorator('faceVerify'));

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  // A type that Fastify cannot read gets 415 before any parser is asked.
  app.addHook('preParsing', async (request) => {
    const { 'content-type': type, ...headers } = request.headers;
    if (type !== undefined) request.headers = { ...headers, 'content-type': undefined };
  });
  app.route({ ...forFastify, method: 'POST', url, handler });
}
