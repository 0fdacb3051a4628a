import Koa from 'koa';
import { expect, test } from 'vitest';
import { givesUpOverHttp2, statusOverHttp2 } from '../../../test/contract/http2.ts';
import { silentHost } from '../../../test/support/unreachable-host.ts';
import { sessionHandler } from '../src/index.ts';

// Nobody is signed in, so a request that is let in gets 401.
const listener = new Koa().use(sessionHandler({ identify: () => null })).callback();

test.each([
  { origin: 'https://shop.example', status: 401 },
  { origin: 'https://evil.example', status: 403 },
])('over HTTP/2, a page of $origin gets $status from shop.example', async ({ origin, status }) => {
  expect(await statusOverHttp2((req, res) => void listener(req, res), { ':authority': 'shop.example', origin })).toBe(
    status,
  );
});

test('over HTTP/2, a visitor who resets the stream ends the call to the vendor', async () => {
  const vendor = await silentHost();
  const app = new Koa().use(
    sessionHandler({
      identify: () => ({ uniqueIdentifier: 'alice' }),
      client: {
        apiKey: 'key',
        secretKey: 'secret',
        baseUrl: vendor.origin,
        timeoutMs: 60_000,
        attemptTimeoutMs: 60_000,
      },
    }),
  );
  expect(await givesUpOverHttp2((req, res) => void app.callback()(req, res), vendor)).toBe(true);
  await vendor.close();
});
