import Router from '@koa/router';
import Koa, { type DefaultContext, type Middleware } from 'koa';
import type { User } from './express.ts';

/** The reader's type of `ctx.state`. */
export interface AppState {
  user: User;
}

/** An app and a router with a stand-in login: whoever `x-user` names is signed in. */
export function surround(framework: typeof Koa = Koa): {
  app: Koa<AppState>;
  router: Router<AppState, DefaultContext>;
  requireLogin: Middleware<AppState>;
} {
  const requireLogin: Middleware<AppState> = async (ctx, next) => {
    const id = ctx.get('x-user');
    if (id === '') ctx.throw(401);
    ctx.state.user = { id, name: id, country: 'US' };
    await next();
  };
  return { app: new framework<AppState>(), router: new Router<AppState, DefaultContext>(), requireLogin };
}
