import fastify from 'fastify';
import { expect, test } from 'vitest';
import { givesUpOverHttp2, statusOverHttp2 } from '../../../test/contract/http2.ts';
import { silentHost } from '../../../test/support/unreachable-host.ts';
import { sameOrigin, sessionRoute } from '../src/index.ts';

const KEYS = { apiKey: 'key', secretKey: 'secret' };

test.each([
  { origin: 'https://shop.example', status: 401 },
  { origin: 'https://evil.example', status: 403 },
])('over HTTP/2, a page of $origin gets $status from shop.example', async ({ origin, status }) => {
  const app = fastify({ http2: true });
  // Nobody is signed in, so a request that is let in gets 401.
  app.register(sessionRoute, { url: '/session', client: KEYS, identify: () => null });
  app.post('/own', { onRequest: sameOrigin() }, async (_request, reply) => reply.code(401).send());
  await app.ready();
  for (const path of ['/session', '/own']) {
    const headers = { ':authority': 'shop.example', ':path': path, origin };
    expect(await statusOverHttp2((req, res) => app.routing(req, res), headers)).toBe(status);
  }
});

test('over HTTP/2, a visitor who resets the stream ends the call to the vendor', async () => {
  const vendor = await silentHost();
  const app = fastify({ http2: true });
  app.register(sessionRoute, {
    url: '/session',
    identify: () => ({ uniqueIdentifier: 'alice' }),
    client: { ...KEYS, baseUrl: vendor.origin, timeoutMs: 60_000, attemptTimeoutMs: 60_000 },
  });
  await app.ready();
  expect(await givesUpOverHttp2((req, res) => app.routing(req, res), vendor)).toBe(true);
  await vendor.close();
});
