import { faceVerify, sessionHandler } from '@faceverify/hono';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { API_KEY, SECRET_KEY } from '../lib/vendor.mjs';
import { sessionByHand } from './by-hand.mjs';

export function create(variant, baseUrl) {
  const app = new Hono();
  if (variant === 'empty') app.use((_c, next) => next());
  if (['attached', 'createSession', 'mounted'].includes(variant)) {
    app.use(faceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl }));
  }
  app.get('/hello', (c) => c.json({ hello: 'world' }));
  if (variant === 'by-hand') {
    app.post('/session', async (c) => {
      const user = c.req.header('x-user');
      if (!user) return c.json({ error: 'Nobody is signed in' }, 401);
      return c.json(await sessionByHand(baseUrl, user));
    });
  }
  if (variant === 'createSession') {
    app.post('/session', async (c) => {
      const uniqueIdentifier = c.req.header('x-user') ?? '';
      const { sessionId, url } = await c.var.faceVerify.createSession({ uniqueIdentifier, country: 'US' });
      return c.json({ sessionId, url });
    });
  }
  if (variant === 'mounted') {
    app.post(
      '/session',
      sessionHandler({
        identify: (c) => ({ uniqueIdentifier: c.req.header('x-user') ?? '', country: 'US' }),
      }),
    );
  }
  return getRequestListener(app.fetch);
}
