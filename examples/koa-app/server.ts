import { faceVerify, sameOrigin, sessionHandler } from '@faceverify/koa';
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

// Whom to verify: the signed-in user, and nothing that the request says.
const identify = ({ state: { user } }: { state: AppState }) =>
  user && { uniqueIdentifier: user.id, country: user.country };

// The ready route, for the page's script.
router.post('/face-verify/session', sessionHandler<AppState>({ identify }));

// A route of your own, for the page's form. sameOrigin() refuses requests from other sites, as the ready route does.
router.post('/kyc', sameOrigin(), async (ctx) => {
  const identity = identify(ctx);
  ctx.status = 303;
  if (identity === undefined) return ctx.redirect('/');
  const session = await ctx.faceVerify.createSession(identity);
  return ctx.redirect(session.url);
});

app.use(router.routes()).use(page);

export const running = await serve(app.callback(), emulator);
