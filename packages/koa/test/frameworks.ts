import { faceVerify, sameOrigin, sessionHandler } from '@faceverify/koa';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa3 from 'koa';
import Koa2 from 'koa2';
import { type Framework, routesFor, type TestApp } from '../../../test/support/test-app.ts';

type Headers = Pick<Koa3.Context, 'get'>;

function createApp(Koa: typeof Koa3, { routes, prefix, parseBody, caught, takeNotes }: TestApp): Koa3 {
  const app = new Koa();
  if (caught) app.on('error', caught);
  app.use((ctx, next) => {
    ctx.vary('Origin');
    return next();
  });
  if (parseBody) app.use(bodyParser());

  const router = new Router({ prefix });
  for (const { path, middleware, sameOrigin: check, mounted, attached } of routesFor(routes, (ctx: Headers, name) =>
    ctx.get(name),
  )) {
    if (middleware) router.all(path, faceVerify(middleware.source));
    if (check) router.all(path, sameOrigin(check));
    if (mounted) router.all(path, sessionHandler(mounted));
    if (attached) {
      router.post(path, async (ctx) => {
        const { url } = await attached(ctx.faceVerify, ctx);
        ctx.status = 303;
        ctx.redirect(url);
      });
    }
  }
  router.get('/notes', (ctx) => {
    ctx.body = takeNotes();
  });
  app.use(router.routes());
  return app;
}

export const FRAMEWORKS: readonly Framework[] = [
  { name: 'Koa 3', listenerOf: (app) => createApp(Koa3, app).callback() },
  { name: 'Koa 2', listenerOf: (app) => createApp(Koa2, app).callback() },
];
