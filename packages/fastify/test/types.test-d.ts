// Checked by `tsc`, never run: each expected error is an error of the compiler.
import {
  faceVerify,
  type FaceVerify,
  type FaceVerifyHandler,
  sameOrigin,
  type Session,
  sessionHandler,
  sessionRoute,
} from '@faceverify/fastify';
import fastify, { type FastifyBaseLogger } from 'fastify';
import { expectTypeOf } from 'vitest';

const app = fastify();
app.register(faceVerify());

app.post('/attached', { onRequest: sameOrigin(), preHandler: [sameOrigin()] }, async (request, reply) => {
  expectTypeOf(request.faceVerify).toEqualTypeOf<FaceVerify>();
  const session = await request.faceVerify.createSession({ uniqueIdentifier: 'user-1', country: 'US' });
  expectTypeOf(session).toEqualTypeOf<Session>();

  // @ts-expect-error -- Misspelt.
  void request.faceVerfy;
  // @ts-expect-error -- Misspelt.
  void request.faceVerify.createSesion();
  // @ts-expect-error -- A number would be another identity than its text.
  void request.faceVerify.createSession({ uniqueIdentifier: 1 });
  // @ts-expect-error -- A forgotten id must not make an anonymous session.
  void request.faceVerify.createSession({ uniqueIdentifier: undefined });
  // @ts-expect-error -- The same, by a header that may be missing.
  void request.faceVerify.createSession({ uniqueIdentifier: request.headers.from });
  return reply.redirect(session.url, 303);
});

app.register(sessionRoute, {
  url: '/session',
  prefix: '/kyc',
  config: {},
  onRequest: async (request) => void request.ip,
  preHandler: [(_request, _reply, done) => done(), async (_request, reply) => reply.code(401).send()],
  identify: (request) => ({ uniqueIdentifier: request.ip, country: 'US' }),
  onError: (error, request) => request.log.error(error.code),
});
app.register(sessionRoute, { url: '/later', identify: async ({ ip }) => (ip ? { uniqueIdentifier: ip } : null) });
app.post(
  '/bare',
  sessionHandler({ identify: () => null, client: (request) => ({ apiKey: request.host, secretKey: '' }) }),
);
expectTypeOf(sessionHandler({ identify: () => null })).toEqualTypeOf<FaceVerifyHandler>();
expectTypeOf(sameOrigin()).toEqualTypeOf<FaceVerifyHandler>();

// Over HTTP/2, with a logger of the app's own, and with a type for the body.
const http2 = fastify({ http2: true });
http2.register(faceVerify());
http2.register(sessionRoute, { url: '/session', identify: () => null });
http2.post('/bare', { onRequest: sameOrigin() }, sessionHandler({ identify: () => null }));
const logged = fastify({ loggerInstance: {} as FastifyBaseLogger & { readonly audit: (line: string) => void } });
logged.register(faceVerify());
logged.register(sessionRoute, { url: '/session', identify: () => null });
logged.post<{ Body: { id: string } }>('/bare', { onRequest: sameOrigin() }, sessionHandler({ identify: () => null }));

// @ts-expect-error -- Without identify there is nobody to make a session for.
app.register(sessionRoute, { url: '/session' });
// @ts-expect-error -- Nor is there a route without a path.
app.register(sessionRoute, { identify: () => null });
// @ts-expect-error -- Misspelt.
app.register(sessionRoute, { url: '/session', identify: () => null, origin: [] });
// @ts-expect-error -- It is a POST route.
app.register(sessionRoute, { url: '/session', identify: () => null, method: 'GET' });
// @ts-expect-error -- An identity, not an identifier.
app.register(sessionRoute, { url: '/session', identify: (request) => request.ip });
// @ts-expect-error -- What may be missing is no identifier.
sessionHandler({ identify: (request) => ({ uniqueIdentifier: request.headers.from }) });
// @ts-expect-error -- Misspelt.
faceVerify({ apiKey: 'key', secret: 'secret' });
faceVerify((request) => ({ apiKey: request.host, secretKey: new Uint8Array(32) }));
