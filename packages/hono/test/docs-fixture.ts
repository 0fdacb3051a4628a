import { type Context, type Env, Hono, type MiddlewareHandler } from 'hono';
import type { AppHandler } from '../../../test/docs/fixture.ts';
import type { User } from '../../../test/docs/fixtures/user.ts';

export type { User };

/** The reader's app: its variables, and a Worker's bindings. */
export interface AppEnv extends Env {
  Variables: { user: User };
  Bindings: { LIMITER: { limit(options: { key: string }): Promise<{ success: boolean }> } };
}

/** An app with a test login: the user that `x-user` names is signed in. */
export function createFixture(): {
  Hono: typeof Hono;
  app: Hono<AppEnv>;
  requireLogin: MiddlewareHandler<AppEnv>;
  userId: (c: Context<AppEnv>) => string;
} {
  const requireLogin: MiddlewareHandler<AppEnv> = async (c, next) => {
    const id = c.req.header('x-user');
    if (id === undefined) return c.text('Sign in first', 401);
    c.set('user', { id, name: id, country: 'US' });
    await next();
    return undefined;
  };
  return { Hono, app: new Hono<AppEnv>(), requireLogin, userId: (c) => c.var.user.id };
}

export const scope = { values: ['Hono', 'app', 'requireLogin', 'userId'], types: ['AppEnv', 'User'] };

export const modules = {
  hono: () => import('hono'),
  '@hono/node-server': () => import('@hono/node-server'),
  'hono/secure-headers': () => import('hono/secure-headers'),
  'hono-rate-limiter': () => import('hono-rate-limiter'),
};

export function handlerOf(app: unknown): AppHandler | undefined {
  return isHono(app) ? app : undefined;
}

function isHono(app: unknown): app is Extract<AppHandler, { fetch: unknown }> {
  return typeof app === 'object' && app !== null && 'fetch' in app;
}
