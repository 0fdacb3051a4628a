import { createFaceVerify, type FaceVerify } from '@faceverify/core';
import { createEmulator } from '@faceverify/emulator';
import { afterEach, describe, expect, test } from 'vitest';
import { SessionStore } from '../src/sessions.ts';
import { sendByFetch, sendBySocket, signedRequest } from './signed-request.ts';

const emulator = createEmulator({ clients: { 'key-a': 'secret-a', 'key-b': 'secret-b' } });
const { apiKey, secretKey, fetch } = emulator;
const clientA = createFaceVerify({ apiKey, secretKey, fetch });
const clientB = createFaceVerify({ apiKey: 'key-b', secretKey: 'secret-b', fetch });
afterEach(() => emulator.reset());

const link = async (client: FaceVerify, uniqueIdentifier?: string): Promise<string> =>
  (await client.createSession(uniqueIdentifier === undefined ? {} : { uniqueIdentifier })).url;

describe('a session', () => {
  test('is sent in the documented form, without other fields', async () => {
    const answer = await sendByFetch(emulator)(signedRequest({ apiKey, secretKey }));
    const url = expect.stringMatching(/^https:\/\/start\.faceverify\.ai\/new\/eyJ[\w.-]{40,}$/) as unknown;
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(answer.text)).toStrictEqual({
      success: true,
      data: {
        sessionId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
        baseUrl: 'https://start.faceverify.ai',
        Token: expect.stringMatching(/^eyJ/) as unknown,
        url,
      },
    });
  });

  test('is the same for the same identifier', async () => {
    expect(await clientA.createSession({ uniqueIdentifier: 'user123' })).toEqual(
      await clientA.createSession({ uniqueIdentifier: 'user123', country: 'US' }),
    );
    expect(emulator.sessions).toHaveLength(1);
  });

  test.each([
    ['another identifier', () => link(clientA, 'user124')],
    ['the same identifier of another client', () => link(clientB, 'user123')],
    ['no identifier', () => link(clientA)],
  ])('is another for %s', async (_name, other) => {
    const [first, second, third] = [await link(clientA, 'user123'), await other(), await link(clientA, 'user123')];
    expect(second).not.toBe(first);
    expect(third).toBe(first);
  });

  test('is another each time without an identifier', async () => {
    expect(new Set([await link(clientA), await link(clientA), await link(clientA)]).size).toBe(3);
  });

  test('is another for identifiers that only look the same', async () => {
    const alike = ['é', 'e\u0301', ' a', 'a', 'A', '1', '01', '__proto__', 'constructor', '["key-a","a"]'];
    const links = [];
    for (const identifier of alike) links.push(await link(clientA, identifier));
    expect(new Set(links).size).toBe(alike.length);
  });

  test('is available to tests', async () => {
    const session = await clientA.createSession({ uniqueIdentifier: 'user123', country: 'US' });
    const { sessionId, token, url } = session;
    expect(emulator.sessions).toEqual([
      { sessionId, token, url, apiKey: 'key-a', uniqueIdentifier: 'user123', country: 'US', outcome: undefined },
    ]);
  });

  test('is new after a reset', async () => {
    const before = await link(clientA, 'user123');
    emulator.reset();
    expect(emulator.sessions).toEqual([]);
    expect(await link(clientA, 'user123')).not.toBe(before);
  });

  test('has its link on the origin at which the request arrived', async () => {
    const { port, close } = await emulator.listen({ hostname: '0.0.0.0' });
    const request = signedRequest({ apiKey, secretKey });
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'emulator.test']) {
      const { text } = await sendBySocket(port)({ ...request, headers: { ...request.headers, host } });
      const url = `http://${host}/new/${emulator.sessions[0]?.token}`;
      expect(JSON.parse(text)).toMatchObject({ data: { baseUrl: `http://${host}`, url } });
      expect(emulator.sessions).toMatchObject([{ url }]);
    }
    await close();
  });

  test.each([
    ['http://localhost:4400', 'http://localhost:4400'],
    ['https://Tunnel.Example.com:443/', 'https://tunnel.example.com'],
    ['http://[::1]:4400', 'http://[::1]:4400'],
  ])('has its link on the publicUrl %s, however the request arrived', async (publicUrl, origin) => {
    const one = createEmulator({ publicUrl });
    const { port, close } = await one.listen();
    for (const send of [sendByFetch(one), sendBySocket(port)]) {
      const { text } = await send(signedRequest());
      expect(JSON.parse(text)).toMatchObject({ data: { baseUrl: origin } });
      const { token, url } = one.sessions[0] ?? {};
      expect(JSON.parse(text)).toMatchObject({ data: { url } });
      expect(url).toBe(`${origin}/new/${token}`);
      expect((await globalThis.fetch(`http://127.0.0.1:${port}${new URL(url ?? '').pathname}`)).status).toBe(200);
    }
    await close();
  });

  test('has a link that the client accepts where sessionHosts lists the host of publicUrl', async () => {
    const one = createEmulator({ publicUrl: 'http://localhost:4400' });
    const { url: baseUrl, close } = await one.listen();
    const keys = { apiKey: one.apiKey, secretKey: one.secretKey };
    const client = createFaceVerify({ ...keys, baseUrl, sessionHosts: ['localhost:4400'] });
    expect((await client.createSession({ uniqueIdentifier: 'user123' })).url).toBe(one.sessions[0]?.url);
    await client.close();
    await close();
  });

  test('is kept while it is one of the newest 10,000', () => {
    const store = new SessionStore();
    const open = (uniqueIdentifier: string): string =>
      store.getOrCreate({ apiKey: 'key', uniqueIdentifier, country: undefined }, 'http://emulator.test').token;
    const [first, second] = [open('first'), open('second')];
    for (let i = 0; i < 9_999; i++) open(`other-${i}`);
    expect(store.list).toHaveLength(10_000);
    expect(store.find(first)).toBeUndefined();
    expect(open('second')).toBe(second);
    expect(open('first')).not.toBe(first);
  });
});
