// What an app writes, type-checked in empty projects by scripts/test-packed.mjs with every way in which TypeScript
// finds modules. The expected errors show that the types were found. What has no type is written down as a declaration.
import { faceVerify, sessionHandler } from '@faceverify/express';
import express from 'express';

export const app: express.Express = express();
app.use(faceVerify({ apiKey: 'key', secretKey: 'secret' }));
app.post('/kyc', (req, res, next) => {
  // @ts-expect-error -- Misspelt.
  void req.faceVerify.createSesion;
  req.faceVerify.createSession({ uniqueIdentifier: 'alice' }).then(({ url }) => res.redirect(303, url), next);
});
export const client = faceVerify();
export const session = sessionHandler({ identify: (req) => ({ uniqueIdentifier: req.get('x-user') ?? '' }) });
export const createMiddleware = () => [faceVerify(), session];
app.post('/session', session);
// @ts-expect-error -- Whom to verify is required.
export const withoutIdentity = (): unknown => sessionHandler({});
