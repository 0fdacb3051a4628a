// What an app writes, type-checked in empty projects by scripts/test-packed.mjs with every way in which TypeScript
// finds modules. The expected errors show that the types were found.
import { faceVerify, sessionHandler } from '@faceverify/express';
import express from 'express';

export const app: express.Express = express();
app.use(faceVerify({ apiKey: 'key', secretKey: 'secret' }));
app.post('/kyc', (req, res, next) => {
  // @ts-expect-error -- Misspelt.
  void req.faceVerify.createSesion;
  req.faceVerify.createSession({ uniqueIdentifier: 'alice' }).then(({ url }) => res.redirect(303, url), next);
});
app.post('/session', sessionHandler({ identify: (req) => ({ uniqueIdentifier: req.get('x-user') ?? '' }) }));
// @ts-expect-error -- Whom to verify is required.
export const withoutIdentity = (): unknown => sessionHandler({});
