import Koa from 'koa';
import { expect, test } from 'vitest';
import { statusOverHttp2 } from '../../../test/contract/http2.ts';
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
