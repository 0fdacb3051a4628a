import { adapterContract, type AppSettings, contractApp, serve } from '@faceverify/adapter-contract';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa3 from 'koa';
import Koa2 from 'koa2';
import { faceVerify, sessionHandler } from '../src/index.ts';

function appOf(Koa: typeof Koa3, settings: AppSettings): Koa3 {
  const contract = contractApp(settings, (ctx: Pick<Koa3.Context, 'get'>) => ({ header: (name) => ctx.get(name) }));
  const app = new Koa();
  app.on('error', contract.caught);
  app.use((ctx, next) => {
    ctx.vary('Origin');
    return next();
  });
  if (settings.parseBody) app.use(bodyParser());

  const router = new Router({ prefix: settings.prefix });
  for (const { path, middleware, mounted, attached } of contract.scenarios) {
    if (middleware) router.all(path, faceVerify(middleware.source));
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
    ctx.body = contract.takeNotes();
  });
  app.use(router.routes());
  return app;
}

adapterContract('Koa 3', async (settings) => serve(appOf(Koa3, settings).callback()));
adapterContract('Koa 2', async (settings) => serve(appOf(Koa2, settings).callback()));
