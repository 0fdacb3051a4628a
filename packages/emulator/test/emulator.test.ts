import { createFaceVerify } from '@faceverify/core';
import { createEmulator } from '@faceverify/emulator';
import { afterEach, expect, test } from 'vitest';

const emulator = createEmulator();
const { apiKey, secretKey } = emulator;
afterEach(() => emulator.reset());

test('a client creates a session without a socket', async () => {
  const client = createFaceVerify({ apiKey, secretKey, fetch: emulator.fetch });
  const session = await client.createSession({ uniqueIdentifier: 'user123', country: 'US' });
  expect(session.url).toBe(`https://start.faceverify.ai/new/${session.token}`);
  expect(emulator.received).toMatchObject([{ accepted: true, uniqueIdentifier: 'user123', apiKey }]);
});

test('a client creates a session on a real port', async () => {
  const { url, close } = await emulator.listen();
  const client = createFaceVerify({ apiKey, secretKey, baseUrl: url });
  try {
    const first = await client.createSession({ uniqueIdentifier: 'user123' });
    expect(first.url).toBe(`${url}/new/${first.token}`);
    expect(await client.createSession({ uniqueIdentifier: 'user123' })).toEqual(first);
    expect((await client.createSession()).url).not.toBe(first.url);
  } finally {
    await client.close();
    await close();
  }
});
