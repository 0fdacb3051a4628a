import { faceVerify, sessionHandler } from '@faceverify/koa';
import Router from '@koa/router';
import Koa from 'koa';
import { startEmulator } from '../shared/emulator.ts';
import { serve } from '../shared/serve.ts';
import { type AppState, failure, login, page } from './demo.ts';

const emulator = await startEmulator(); // Only where the environment holds no keys.

const app = new Koa<AppState>();
const router = new Router<AppState>();
app.use(failure).use(login); // A stand-in for your own: it sets ctx.state.user.

app.use(faceVerify());

// The ready route, for the page's script. Whom to verify comes from the login and from nowhere else.
router.post(
  '/face-verify/session',
  sessionHandler<AppState>({ identify: ({ state }) => state.user && { uniqueIdentifier: state.user.id } }),
);

// A route of your own, for the page's form.
router.post('/kyc', async (ctx) => {
  ctx.status = 303;
  if (ctx.state.user === undefined) return ctx.redirect('/');
  const { id, country } = ctx.state.user;
  const session = await ctx.faceVerify.createSession({ uniqueIdentifier: id, country });
  return ctx.redirect(session.url);
});

app.use(router.routes()).use(page);

export const running = await serve(app.callback(), emulator);
