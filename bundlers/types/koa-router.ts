// An app with koa-router and @types/koa-router, and with other middleware on it.
import { faceVerify, type FaceVerify, sessionHandler } from '@faceverify/koa';
import cors from '@koa/cors';
import Koa from 'koa';
import Router from 'koa-router';

interface AppState {
  user?: { id: string };
}

const router = new Router();
router.use(cors());
router.get('/health', async (ctx, next) => {
  ctx.body = 'ok';
  await next();
});
router.post('/session', sessionHandler({ identify: (ctx) => ({ uniqueIdentifier: ctx.get('x-user') }) }));

const typed = new Router<AppState>();
typed.use(cors());
typed.post(
  '/session',
  sessionHandler<AppState>({ identify: (ctx) => ctx.state.user && { uniqueIdentifier: ctx.state.user.id } }),
);
typed.post('/kyc', async (ctx) => {
  const client: FaceVerify = ctx.faceVerify;
  // @ts-expect-error -- Misspelt: the type is known.
  void client.createSesion;
  ctx.redirect((await ctx.faceVerify.createSession({ uniqueIdentifier: ctx.state.user?.id ?? '' })).url);
});

const app = new Koa<AppState>();
app.use(cors());
app.use(faceVerify());
app.use(router.routes()).use(router.allowedMethods());
app.use(typed.routes());
