import { statusOverHttp2 } from '@faceverify/adapter-contract';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { sessionHandler } from '../src/index.ts';

// Nobody is signed in, so whoever may call at all gets 401.
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
