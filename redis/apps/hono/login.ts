import type { Context, MiddlewareHandler } from 'hono';

export interface AppEnv {
  Variables: { user: { id: string } };
}

/** A stand-in for a login: the user that `x-user` names is signed in. */
export const requireLogin: MiddlewareHandler<AppEnv> = async (c, next) => {
  const id = c.req.header('x-user');
  if (id === undefined) return c.text('Sign in first', 401);
  c.set('user', { id });
  return next();
};

export const userId = (c: Context<AppEnv>): string => c.var.user.id;
