// Checked by `tsc`, never run: each expected error is an error of the compiler.
import { faceVerify, type FaceVerify, type FaceVerifyHandler, type Session, sessionHandler } from '@faceverify/express';
import express from 'express';
import { expectTypeOf } from 'vitest';

const app = express();
app.use(faceVerify());

app.post('/attached', async (req, res) => {
  expectTypeOf(req.faceVerify).toEqualTypeOf<FaceVerify>();
  const session = await req.faceVerify.createSession({ uniqueIdentifier: 'user-1', country: 'US' });
  expectTypeOf(session).toEqualTypeOf<Session>();
  res.redirect(303, session.url);

  // @ts-expect-error -- Misspelt.
  void req.faceVerfy;
  // @ts-expect-error -- Misspelt.
  void req.faceVerify.createSesion();
  // @ts-expect-error -- Misspelt.
  void req.faceVerify.createSession({ uniqueIdentifer: 'user-1' });
  // @ts-expect-error -- A number would be another identity than its text.
  void req.faceVerify.createSession({ uniqueIdentifier: 1 });
  // @ts-expect-error -- A forgotten id must not make an anonymous session.
  void req.faceVerify.createSession({ uniqueIdentifier: undefined });
  // @ts-expect-error -- The same, by an optional user.
  void req.faceVerify.createSession({ uniqueIdentifier: req.get('x-user') });
  // @ts-expect-error -- It is `token`.
  void session.Token;
});

app.post('/mounted', sessionHandler({ identify: (req) => ({ uniqueIdentifier: req.ip ?? 'nobody', country: 'US' }) }));
app.post('/later', sessionHandler({ identify: async (req) => (req.secure ? { uniqueIdentifier: 'user-1' } : null) }));
app.post('/nobody', sessionHandler({ identify: () => undefined, respond: 'redirect', passErrors: true }));

// A name that the declarations of an app can hold.
expectTypeOf(faceVerify()).toEqualTypeOf<FaceVerifyHandler>();
expectTypeOf(sessionHandler({ identify: () => null })).toEqualTypeOf<FaceVerifyHandler>();
// @ts-expect-error -- It is a handler, not one of errors.
app.use((error: Error, ...rest: Parameters<FaceVerifyHandler>) => faceVerify()(error, ...rest));

// @ts-expect-error -- Without identify there is nobody to make a session for.
sessionHandler({});
// @ts-expect-error -- An identity, not an identifier.
sessionHandler({ identify: (req) => req.get('x-user') });
// @ts-expect-error -- An identity has an identifier.
sessionHandler({ identify: () => ({ country: 'US' }) });
// @ts-expect-error -- A number is none.
sessionHandler({ identify: () => ({ uniqueIdentifier: 1 }) });
// @ts-expect-error -- Nor is what may be missing.
sessionHandler({ identify: (req) => ({ uniqueIdentifier: req.get('x-user') }) });
// @ts-expect-error -- Misspelt.
sessionHandler({ identify: () => null, origin: ['https://app.example.com'] });
// @ts-expect-error -- There are three ways.
sessionHandler({ identify: () => null, respond: 'html' });

// @ts-expect-error -- A variable that may be missing.
faceVerify({ apiKey: process.env['API_KEY'], secretKey: 'secret' });
// @ts-expect-error -- Misspelt.
faceVerify({ apiKey: 'key', secret: 'secret' });
faceVerify((req) => ({ apiKey: req.hostname, secretKey: new Uint8Array(32) }));
