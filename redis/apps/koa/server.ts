import { createServer } from 'node:http';
import { sessionHandler } from '@faceverify/koa';
import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { fivePerHour } from './limiter.js';
import { listen } from './listen.js';

interface AppState {
  user: { id: string };
}

/** A stand-in for a login: the user that `x-user` names is signed in. */
const requireLogin: Middleware<AppState> = async (ctx, next) => {
  const id = ctx.get('x-user');
  if (id === '') ctx.throw(401);
  ctx.state.user = { id };
  await next();
};

const router = new Router<AppState>();
const verify = sessionHandler<AppState>({ identify: (ctx) => ({ uniqueIdentifier: ctx.state.user.id }) });
router.post('/face-verify/session', requireLogin, fivePerHour, verify);
listen(createServer(new Koa<AppState>().use(router.routes()).callback()));
