import { faceVerify, sessionHandler } from '@faceverify/koa';
import Router from '@koa/router';
import Koa from 'koa';
import { API_KEY, SECRET_KEY } from '../lib/vendor.mjs';
import { sessionByHand } from './by-hand.mjs';

export function create(variant, baseUrl) {
  const app = new Koa();
  const router = new Router();
  if (variant === 'empty') app.use((_ctx, next) => next());
  if (['attached', 'createSession', 'mounted'].includes(variant)) {
    app.use(faceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl }));
  }
  router.get('/hello', (ctx) => {
    ctx.body = { hello: 'world' };
  });
  if (variant === 'by-hand') {
    router.post('/session', async (ctx) => {
      const user = ctx.get('x-user');
      if (!user) ctx.throw(401, 'Nobody is signed in');
      ctx.body = await sessionByHand(baseUrl, user);
    });
  }
  if (variant === 'createSession') {
    router.post('/session', async (ctx) => {
      const uniqueIdentifier = ctx.get('x-user');
      const { sessionId, url } = await ctx.faceVerify.createSession({ uniqueIdentifier, country: 'US' });
      ctx.body = { sessionId, url };
    });
  }
  if (variant === 'mounted') {
    router.post(
      '/session',
      sessionHandler({
        identify: (ctx) => ({ uniqueIdentifier: ctx.get('x-user'), country: 'US' }),
      }),
    );
  }
  app.use(router.routes());
  return app.callback();
}
