// What an app writes, type-checked in empty projects by scripts/test-packed.mjs with every way in which TypeScript
// finds modules. The expected errors show that the types were found. What has no type is written down as a declaration.
import { faceVerify, type FaceVerifyVariables, sessionHandler } from '@faceverify/hono';
import { Hono } from 'hono';

type AppEnv = { Variables: FaceVerifyVariables & { user?: { id: string } } };

export const app: Hono<AppEnv> = new Hono<AppEnv>();
app.use(faceVerify({ apiKey: 'key', secretKey: 'secret' }));
app.post('/kyc', async (c) => {
  // @ts-expect-error -- Misspelt.
  void c.var.faceVerify.createSesion;
  return c.redirect((await c.var.faceVerify.createSession({ uniqueIdentifier: 'alice' })).url, 303);
});
app.post('/session', sessionHandler<AppEnv>({ identify: (c) => c.var.user && { uniqueIdentifier: c.var.user.id } }));
export const client = faceVerify();
export const session = sessionHandler({ identify: (c) => ({ uniqueIdentifier: String(c.req.header('x-user')) }) });
export const createMiddleware = () => [faceVerify(), session];
export const chained = new Hono().use(faceVerify()).post('/session', session);
// @ts-expect-error -- Whom to verify is required.
export const withoutIdentity = (): unknown => sessionHandler({});
