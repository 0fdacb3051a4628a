import { faceVerify, sameOrigin, sessionHandler } from '@faceverify/express';
import express, { type Request } from 'express';
import { startEmulator } from '../shared/emulator.ts';
import { serve } from '../shared/serve.ts';
import { failure, login, page } from './demo.ts';

const emulator = await startEmulator(); // Only where the environment holds no keys.

const app = express();
app.use(login); // A stand-in for your own: it sets req.user.

app.use(faceVerify());

// Whom to verify: the signed-in user, and nothing that the request says.
const identify = ({ user }: Request) => user && { uniqueIdentifier: user.id, country: user.country };

// The ready route, for the page's script.
app.post('/face-verify/session', sessionHandler({ identify }));

// A route of your own, for the page's form. sameOrigin() refuses requests from other sites, as the ready route does.
app.post('/kyc', sameOrigin(), async (req, res) => {
  const identity = identify(req);
  if (identity === undefined) return res.redirect(303, '/');
  const session = await req.faceVerify.createSession(identity);
  return res.redirect(303, session.url);
});

app.use(page, failure);

export const running = await serve(app, emulator);
