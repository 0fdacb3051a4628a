import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { givesUpOverHttp2, statusOverHttp2 } from '../../../test/contract/http2.ts';
import { closedPort } from '../../../test/support/unreachable-host.ts';
import { silentHost } from '../../../test/support/unreachable-host.ts';
import { faceVerify, sessionHandler } from '../src/index.ts';

// Nobody is signed in, so a request that is let in gets 401.
const app = new Hono().post('/session', sessionHandler({ identify: () => null }));

const VISITORS = [
  { origin: 'https://shop.example', status: 401 },
  { origin: 'https://evil.example', status: 403 },
];

test.each(VISITORS)('over HTTP/2, a page of $origin gets $status from shop.example', async ({ origin, status }) => {
  const listener = getRequestListener(app.fetch);
  const headers = { ':authority': 'shop.example', origin };
  expect(await statusOverHttp2((req, res) => void listener(req, res), headers)).toBe(status);
});

test.each(VISITORS)('without a Host, a page of $origin gets $status from shop.example', async ({ origin, status }) => {
  // As tests of Hono apps ask: a Request that no server has received has no Host.
  const answer = await app.request('https://shop.example/session', { method: 'POST', headers: { origin } });
  expect(answer.status).toBe(status);
});

test.each(['with a middleware', 'alone'])('a route %s takes the keys that come with the request', async (how) => {
  // As on Workers, and as tests of Hono apps pass them on Node: app.request(url, init, env).
  const keys = { FACEVERIFY_API_KEY: 'key', FACEVERIFY_SECRET_KEY: 'secret' };
  const vendor = await closedPort();
  const env = { ...keys, FACEVERIFY_BASE_URL: vendor.origin };
  const shop = new Hono().onError(() => new Response(null, { status: 500 }));
  if (how === 'with a middleware') shop.use(faceVerify());
  const identify = (): { uniqueIdentifier: string } => ({ uniqueIdentifier: 'user123' });
  shop.post('/session', sessionHandler({ identify, onError: () => undefined }));

  const asked = await shop.request('/session', { method: 'POST' }, env);
  expect(asked.status).toBe(502);
  // From one place only: with a key from elsewhere every signature would be refused.
  const half = await shop.request('/session', { method: 'POST' }, { ...env, FACEVERIFY_SECRET_KEY: undefined });
  expect(half.status).toBe(500);
  await vendor.close();
});

test('over HTTP/2, a visitor who resets the stream ends the call to the vendor', async () => {
  const vendor = await silentHost();
  const keys = { apiKey: 'key', secretKey: 'secret' };
  const shop = new Hono().post(
    '/session',
    sessionHandler({
      identify: () => ({ uniqueIdentifier: 'alice' }),
      client: { ...keys, baseUrl: vendor.origin, timeoutMs: 60_000, attemptTimeoutMs: 60_000 },
    }),
  );
  const listener = getRequestListener(shop.fetch);
  expect(await givesUpOverHttp2((req, res) => void listener(req, res), vendor)).toBe(true);
  await vendor.close();
});

test('options with keys of their own take the base URL that comes with the request', async () => {
  const vendor = await silentHost();
  const keys = { apiKey: 'key', secretKey: 'secret' };
  const identify = (): { uniqueIdentifier: string } => ({ uniqueIdentifier: 'alice' });
  const shop = new Hono();
  shop.post('/options', sessionHandler({ identify, client: { ...keys, timeoutMs: 100 }, onError: () => undefined }));
  shop.post(
    '/function',
    sessionHandler({ identify, client: () => ({ ...keys, timeoutMs: 100 }), onError: () => undefined }),
  );
  for (const path of ['/options', '/function']) {
    const asked = vendor.nextRequest();
    const answer = await shop.request(path, { method: 'POST' }, { FACEVERIFY_BASE_URL: vendor.origin });
    expect(answer.status).toBe(504);
    await asked;
  }
  await vendor.close();
});
