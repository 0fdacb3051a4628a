import { createEmulator } from '@faceverify/emulator';
import { afterEach, expect, test } from 'vitest';
import { sendByFetch, signedRequest } from './signed-request.ts';

const notified: unknown[] = [];
const emulator = createEmulator({ onRequest: (request) => notified.push(request) });
const send = sendByFetch(emulator);
afterEach(() => emulator.reset());

test('a request is kept as it arrived', async () => {
  const request = signedRequest({ target: '/api/v1/session?a=x+y' });
  await send(request);
  expect(emulator.received).toEqual([
    {
      method: 'POST',
      target: '/api/v1/session?a=x+y',
      headers: request.headers,
      body: '{"uniqueIdentifier":"user123"}',
      apiKey: 'emulator-api-key',
      uniqueIdentifier: 'user123',
      accepted: true,
      refusal: undefined,
    },
  ]);
});

test('a refused request is kept with the reason', async () => {
  await send(signedRequest({ secretKey: 'other' }));
  expect(emulator.received).toMatchObject([{ accepted: false, refusal: { code: 'wrong_signature', status: 400 } }]);
});

test('pages are not requests to the API', async () => {
  for (const path of ['/', '/favicon.ico', '/new/unknown']) await emulator.fetch(`http://emulator.test${path}`);
  expect(emulator.received).toEqual([]);
});

test('the newest 1,000 are kept, the oldest first', async () => {
  for (let i = 0; i < 1_001; i++) await emulator.fetch(`http://emulator.test/api/${i}`);
  expect(emulator.received).toHaveLength(1_000);
  expect(emulator.received[0]?.target).toBe('/api/1');
  expect(emulator.received.at(-1)?.target).toBe('/api/1000');
});

test('the list is the same array after a reset', async () => {
  const { received } = emulator;
  await send(signedRequest());
  expect(received).toHaveLength(1);
  emulator.reset();
  expect(received).toHaveLength(0);
});

test('a request that is being checked during a reset is dropped', async () => {
  emulator.failNext({ status: 503 });
  const early = send(signedRequest());
  emulator.reset();
  emulator.failNext({ status: 500 });
  await expect(early).rejects.toThrow('fetch failed');
  expect([emulator.received, emulator.sessions]).toEqual([[], []]);
  expect((await send(signedRequest())).status).toBe(500);
});

test('a request whose response is delayed is dropped by a reset', async () => {
  emulator.failNext({ delayMs: 50 });
  const late = send(signedRequest());
  while (emulator.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  emulator.reset();
  await expect(late).rejects.toThrow('fetch failed');
  expect(emulator.sessions).toEqual([]);
});

test('onRequest is called with each request before it is answered', async () => {
  notified.length = 0;
  await send(signedRequest());
  await send(signedRequest({ body: '{' }));
  expect(notified).toEqual(emulator.received);
  expect(notified).toHaveLength(2);
});
