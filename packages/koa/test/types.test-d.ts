// Checked by `tsc`, never run: each expected error is an error of the compiler.
import Router from '@koa/router';
import { faceVerify, type FaceVerify, type Session, sessionHandler } from '@faceverify/koa';
import Koa from 'koa';
import { expectTypeOf } from 'vitest';

interface AppState {
  readonly user?: { readonly id: string; readonly age: number };
}

const app = new Koa<AppState>();
app.use(faceVerify());

app.use(async (ctx) => {
  // Koa's context takes any name: what is known of this one is what the package declares.
  expectTypeOf(ctx.faceVerify).toEqualTypeOf<FaceVerify>();
  const session = await ctx.faceVerify.createSession({ uniqueIdentifier: 'user-1', country: 'US' });
  expectTypeOf(session).toEqualTypeOf<Session>();
  ctx.redirect(session.url);

  // @ts-expect-error -- Misspelt.
  void ctx.faceVerify.createSesion();
  // @ts-expect-error -- A number would be another identity than its text.
  void ctx.faceVerify.createSession({ uniqueIdentifier: 1 });
  // @ts-expect-error -- A forgotten id must not make an anonymous session.
  void ctx.faceVerify.createSession({ uniqueIdentifier: undefined });
  // @ts-expect-error -- The same, by an optional user.
  void ctx.faceVerify.createSession({ uniqueIdentifier: ctx.state.user?.id });
});

// An app that names what its context holds gets misspelt names refused too.
new Koa<AppState, { faceVerify: FaceVerify }>().use(faceVerify()).use(async (ctx: StrictContext) => {
  await ctx.faceVerify.createSession();
  // @ts-expect-error -- Misspelt.
  await ctx.faceVerfy.createSession();
});
type StrictContext = Koa.ParameterizedContext<AppState, { faceVerify: FaceVerify }>;

// Routers whose types name a context of their own, as @types/koa-router does, take middleware of any other kind.
const plain: Koa.Middleware = (_ctx, next) => next();
const ofRouter: Koa.Middleware<AppState, { readonly params: object }> = plain;
new Koa<AppState, { readonly params: object }>().use(ofRouter).use(faceVerify());
new Koa<AppState, { readonly params: object }>().use(async (ctx) => {
  expectTypeOf(ctx.faceVerify).toEqualTypeOf<FaceVerify>();
  // @ts-expect-error -- Misspelt.
  void ctx.faceVerfy;
});

const router = new Router<AppState>();
router.post(
  '/mounted',
  sessionHandler<AppState>({
    identify: (ctx) => {
      expectTypeOf(ctx.state.user).toEqualTypeOf<AppState['user']>();
      return ctx.state.user && { uniqueIdentifier: ctx.state.user.id };
    },
  }),
);
router.post(
  '/later',
  sessionHandler({ identify: async (ctx) => (ctx.secure ? { uniqueIdentifier: 'user-1' } : null) }),
);

// @ts-expect-error -- Without identify there is nobody to make a session for.
sessionHandler({});
// @ts-expect-error -- An identity, not an identifier.
sessionHandler<AppState>({ identify: (ctx) => ctx.state.user?.id });
// @ts-expect-error -- A number is none.
sessionHandler<AppState>({ identify: (ctx) => ctx.state.user && { uniqueIdentifier: ctx.state.user.age } });
// @ts-expect-error -- Nor is what may be missing.
sessionHandler<AppState>({ identify: (ctx) => ({ uniqueIdentifier: ctx.state.user?.id }) });
// @ts-expect-error -- Misspelt.
sessionHandler<AppState>({ identify: (ctx) => ctx.state.usr && null });
// @ts-expect-error -- Misspelt.
faceVerify({ apiKey: 'key', secret: 'secret' });
faceVerify((ctx) => ({ apiKey: ctx.hostname, secretKey: 'secret' }));
