// What is not FaceVerify: the stand-in login and the page, in Koa's words.
import type { Context, Middleware } from 'koa';
import { type Person, signedIn } from '../shared/login.ts';
import { site } from '../shared/site.ts';

export interface AppState {
  user?: Person | undefined;
}

export const login: Middleware<AppState> = (ctx, next) => {
  ctx.state.user = signedIn(ctx.headers.cookie);
  return next();
};

export const page: Middleware = (ctx) => show(ctx);

/** The page again, where a route has failed. */
export const failure: Middleware = (ctx, next) => next().catch((error: unknown) => show(ctx, error));

function show(ctx: Pick<Context, 'method' | 'path' | 'headers' | 'status' | 'set' | 'body'>, error?: unknown): void {
  const setup = { framework: 'Koa', baseUrl: process.env['FACEVERIFY_BASE_URL'] };
  const { status, headers, body } = site(setup, ctx, error);
  ctx.status = status;
  ctx.set(headers);
  ctx.body = body;
}
