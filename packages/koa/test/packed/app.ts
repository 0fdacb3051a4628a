// What an app writes, type-checked in empty projects by scripts/test-packed.mjs with every way in which TypeScript
// finds modules. The expected errors show that the types were found. What has no type is written down as a declaration.
import { faceVerify, sessionHandler } from '@faceverify/koa';
import Koa from 'koa';

interface State {
  user?: { id: string };
}

export const app: Koa<State> = new Koa<State>();
app.use(faceVerify({ apiKey: 'key', secretKey: 'secret' }));
app.use(async (ctx) => {
  // @ts-expect-error -- Misspelt.
  void ctx.faceVerify.createSesion;
  ctx.redirect((await ctx.faceVerify.createSession({ uniqueIdentifier: 'alice' })).url);
});
app.use(sessionHandler<State>({ identify: (ctx) => ctx.state.user && { uniqueIdentifier: ctx.state.user.id } }));
export const client = faceVerify();
export const session = sessionHandler({ identify: (ctx) => ({ uniqueIdentifier: ctx.get('x-user') }) });
export const createMiddleware = () => [faceVerify(), session];
// @ts-expect-error -- Whom to verify is required.
export const withoutIdentity = (): unknown => sessionHandler({});
