import { faceVerify, sessionRoute } from '@faceverify/fastify';
import fastify from 'fastify';
import { API_KEY, SECRET_KEY } from '../lib/vendor.mjs';
import { sessionByHand } from './by-hand.mjs';

export async function create(variant, baseUrl) {
  const app = fastify();
  if (variant === 'empty') app.addHook('onRequest', (_request, _reply, done) => done());
  if (['attached', 'createSession', 'mounted'].includes(variant)) {
    app.register(faceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl }));
  }
  app.get('/hello', async () => ({ hello: 'world' }));
  if (variant === 'by-hand') {
    app.post('/session', async (request, reply) => {
      const user = request.headers['x-user'];
      if (!user) return reply.code(401).send({ error: 'Nobody is signed in' });
      return sessionByHand(baseUrl, user);
    });
  }
  if (variant === 'createSession') {
    app.post('/session', async (request) => {
      const uniqueIdentifier = request.headers['x-user'];
      const { sessionId, url } = await request.faceVerify.createSession({ uniqueIdentifier, country: 'US' });
      return { sessionId, url };
    });
  }
  if (variant === 'mounted') {
    app.register(sessionRoute, {
      url: '/session',
      identify: (request) => ({ uniqueIdentifier: request.headers['x-user'], country: 'US' }),
    });
  }
  await app.ready();
  return (req, res) => app.routing(req, res);
}
