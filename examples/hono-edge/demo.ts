// What is not FaceVerify: the stand-in login and the page, in Hono's words.
import type { FaceVerifyVariables } from '@faceverify/hono';
import type { Context, ErrorHandler, MiddlewareHandler, NotFoundHandler } from 'hono';
import { env } from 'hono/adapter';
import { type Person, signedIn } from '../shared/login.ts';
import { site } from '../shared/site.ts';

export interface AppEnv {
  Variables: FaceVerifyVariables & { user: Person | undefined };
}

export const login: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('user', signedIn(c.req.header('cookie')));
  await next();
};

export const page: NotFoundHandler<AppEnv> = (c) => show(c);

/** The page again, where a route has failed. */
export const failure: ErrorHandler<AppEnv> = (error, c) => show(c, error);

function show(c: Context<AppEnv>, error?: unknown): Response {
  const { FACEVERIFY_BASE_URL: baseUrl } = env<{ FACEVERIFY_BASE_URL: string | undefined }>(c);
  const { method, path } = c.req;
  const visit = { method, path, headers: { cookie: c.req.header('cookie') } };
  const { status, headers, body } = site({ framework: 'Hono', baseUrl }, visit, error);
  return c.newResponse(body, status, headers);
}
