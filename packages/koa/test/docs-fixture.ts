import Router from '@koa/router';
import Koa, { type DefaultContext, type Middleware } from 'koa';
import type { AppHandler } from '../../../test/docs/fixture.ts';
import type { User } from '../../../test/docs/fixtures/user.ts';

/** The reader's type of `ctx.state`. */
export interface AppState {
  user: User;
}

/** An app and a router with a test login: the user that `x-user` names is signed in. */
export function createFixture(framework: typeof Koa = Koa): {
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

export const scope = { values: ['app', 'router', 'requireLogin'], types: ['AppState'] };

export const modules = {
  koa: () => import('koa'),
  koa2: () => import('koa2'),
  '@koa/router': () => import('@koa/router'),
  'koa-ratelimit': () => import('koa-ratelimit'),
};

export function handlerOf(app: unknown): AppHandler | undefined {
  return isKoa(app) ? app.callback() : undefined;
}

function isKoa(app: unknown): app is Koa {
  return typeof app === 'object' && app !== null && 'callback' in app;
}
