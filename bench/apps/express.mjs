import { faceVerify, sessionHandler } from '@faceverify/express';
import express from 'express';
import { API_KEY, SECRET_KEY } from '../lib/vendor.mjs';
import { sessionByHand } from './by-hand.mjs';

export function create(variant, baseUrl) {
  const app = express();
  if (variant === 'empty') app.use((_req, _res, next) => next());
  if (['attached', 'createSession', 'mounted'].includes(variant)) {
    app.use(faceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl }));
  }
  app.get('/hello', (_req, res) => res.json({ hello: 'world' }));
  if (variant === 'by-hand') {
    app.post('/session', async (req, res) => {
      const user = req.get('x-user');
      if (!user) res.status(401).json({ error: 'Nobody is signed in' });
      else res.json(await sessionByHand(baseUrl, user));
    });
  }
  if (variant === 'createSession') {
    app.post('/session', async (req, res) => {
      const uniqueIdentifier = req.get('x-user') ?? '';
      const { sessionId, url } = await req.faceVerify.createSession({ uniqueIdentifier, country: 'US' });
      res.json({ sessionId, url });
    });
  }
  if (variant === 'mounted') {
    app.post(
      '/session',
      sessionHandler({
        identify: (req) => ({ uniqueIdentifier: req.get('x-user') ?? '', country: 'US' }),
      }),
    );
  }
  return app;
}
