import { faceVerify, sameOrigin, sessionRoute } from '@faceverify/fastify';
import formbody from '@fastify/formbody';
import fastify, { type FastifyRequest } from 'fastify';
import { startEmulator } from '../shared/emulator.ts';
import { serve } from '../shared/serve.ts';
import { failure, login, page } from './demo.ts';

const emulator = await startEmulator(); // Only where the environment holds no keys.

const app = fastify();
app.register(formbody); // For the page's forms. The ready route does without.
app.addHook('onRequest', login); // A stand-in for your own: it sets request.user.

app.register(faceVerify());

// Whom to verify: the signed-in user, and nothing that the request says.
const identify = ({ user }: FastifyRequest) => user && { uniqueIdentifier: user.id, country: user.country };

// The ready route, for the page's script.
app.register(sessionRoute, { url: '/face-verify/session', identify });

// A route of your own, for the page's form. sameOrigin() refuses requests from other sites, as the ready route does.
app.post('/kyc', { onRequest: sameOrigin() }, async (request, reply) => {
  const identity = identify(request);
  if (identity === undefined) return reply.redirect('/', 303);
  const session = await request.faceVerify.createSession(identity);
  return reply.redirect(session.url, 303);
});

app.setErrorHandler(failure);
app.all('/*', page);

await app.ready();
export const running = await serve((req, res) => app.routing(req, res), emulator);
