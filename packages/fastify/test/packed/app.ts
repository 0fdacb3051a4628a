// What an app writes, type-checked in empty projects by scripts/test-packed.mjs with every way in which TypeScript
// finds modules. The expected errors show that the types were found.
import { faceVerify, sameOrigin, sessionHandler, sessionRoute } from '@faceverify/fastify';
import fastify, { type FastifyInstance } from 'fastify';

export const app: FastifyInstance = fastify();
app.register(faceVerify({ apiKey: 'key', secretKey: 'secret' }));
app.post('/kyc', { onRequest: sameOrigin() }, async (request, reply) => {
  // @ts-expect-error -- Misspelt.
  void request.faceVerify.createSesion;
  const { url } = await request.faceVerify.createSession({ uniqueIdentifier: 'alice' });
  reply.code(303).header('location', url);
});
app.register(sessionRoute, {
  url: '/session',
  preHandler: async (request) => console.log(request.url),
  identify: (request) => ({ uniqueIdentifier: request.ip }),
});
app.post('/bare', sessionHandler({ identify: (request) => ({ uniqueIdentifier: request.ip }) }));
// @ts-expect-error -- Whom to verify is required.
export const withoutIdentity = (): unknown => sessionHandler({});
