import { faceVerify, sessionHandler } from '@faceverify/express';
import express from 'express';
import { startEmulator } from '../shared/emulator.ts';
import { serve } from '../shared/serve.ts';
import { failure, login, page } from './demo.ts';

const emulator = await startEmulator(); // Only where the environment holds no keys.

const app = express();
app.use(login); // A stand-in for your own: it sets req.user.

app.use(faceVerify());

// The ready route, for the page's script. Whom to verify comes from the login and from nowhere else.
app.post('/face-verify/session', sessionHandler({ identify: (req) => req.user && { uniqueIdentifier: req.user.id } }));

// A route of your own, for the page's form.
app.post('/kyc', async (req, res) => {
  if (req.user === undefined) return res.redirect(303, '/');
  const { id, country } = req.user;
  const session = await req.faceVerify.createSession({ uniqueIdentifier: id, country });
  return res.redirect(303, session.url);
});

app.use(page, failure);

export const running = await serve(app, emulator);
