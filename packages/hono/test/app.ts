import { faceVerify, type FaceVerifyVariables, sameOrigin, sessionHandler } from '@faceverify/hono';
import { type Context, Hono } from 'hono';
import { routesFor, type TestApp } from '../../../test/support/test-app.ts';

/** A test app in Hono, the same on Node and on Workers. */
export function createApp({ routes, prefix, parseBody, caught, takeNotes }: TestApp): Hono {
  const app = new Hono<{ Variables: FaceVerifyVariables }>();
  app.use(async (c, next) => {
    c.header('vary', 'Origin');
    if (parseBody) await c.req.text();
    await next();
  });

  for (const { path, middleware, sameOrigin: check, mounted, attached } of routesFor(routes, (c: Context, name) =>
    c.req.header(name),
  )) {
    if (middleware) app.use(path, faceVerify(middleware.source));
    if (check) app.use(path, sameOrigin(check));
    if (mounted) app.all(path, sessionHandler(mounted));
    if (attached) app.post(path, async (c) => c.redirect((await attached(c.var.faceVerify, c)).url, 303));
  }
  app.get('/notes', (c) => c.json(takeNotes()));
  if (caught) {
    app.onError((error, c) => {
      caught(error);
      return c.text('Internal Server Error', 500);
    });
  }
  return new Hono().route(prefix || '/', app);
}
