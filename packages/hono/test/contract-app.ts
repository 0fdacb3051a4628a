import { type AppSettings, contractApp } from '@faceverify/adapter-contract/app';
import { faceVerify, type FaceVerifyVariables, sessionHandler } from '@faceverify/hono';
import { type Context, Hono } from 'hono';

/** The contract app in Hono, the same on Node and on Workers. */
export function appOf(settings: AppSettings): Hono {
  const contract = contractApp(settings, (c: Context) => ({ header: (name) => c.req.header(name) }));
  const routes = new Hono<{ Variables: FaceVerifyVariables }>();
  routes.use(async (c, next) => {
    c.header('vary', 'Origin');
    if (settings.parseBody) await c.req.text();
    await next();
  });

  for (const { path, middleware, mounted, attached } of contract.scenarios) {
    if (middleware) routes.use(path, faceVerify(middleware.source));
    if (mounted) routes.all(path, sessionHandler(mounted));
    if (attached) routes.post(path, async (c) => c.redirect((await attached(c.var.faceVerify, c)).url, 303));
  }
  routes.get('/notes', (c) => c.json(contract.takeNotes()));
  routes.onError((error, c) => {
    contract.caught(error);
    return c.text('Internal Server Error', 500);
  });
  return new Hono().route(settings.prefix || '/', routes);
}
