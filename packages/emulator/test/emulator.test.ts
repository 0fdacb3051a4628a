import { readFileSync } from 'node:fs';
import { createFaceVerify } from '@faceverify/core';
import { createEmulator, type EmulatorOptions } from '@faceverify/emulator';
import * as everything from '@faceverify/emulator';
import { describe, expect, test } from 'vitest';
import { sendByFetch, signedRequest } from './signed-request.ts';

test('the package exports one function; everything else is a type', () => {
  expect(Object.keys(everything)).toEqual(['createEmulator']);
});

test('the README lists every named fault', () => {
  const names = (text: string, name: RegExp): (string | undefined)[] => [...text.matchAll(name)].map(([, one]) => one);
  let message = '';
  try {
    // Safe: an invalid fault on purpose; the error lists the valid ones.
    createEmulator().failNext('no such fault' as 'stall');
  } catch (error) {
    message = String(error);
  }
  const known = names(message, /'(\w+)'/g);
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(known).toContain('stall');
  expect(names(readme, /^\| `'(\w+)'` \|/gm)).toEqual(known);
});

describe('the options', () => {
  test('are optional: by default one pair of keys is accepted', async () => {
    const emulator = createEmulator();
    expect([emulator.apiKey, emulator.secretKey]).toEqual(['emulator-api-key', 'emulator-secret-key']);
    expect((await sendByFetch(emulator)(signedRequest())).status).toBe(200);
  });

  test('list the accepted keys; the first pair is on the emulator', async () => {
    const clients = { first: 'secret-1', second: 'sécret 2' };
    const emulator = createEmulator({ clients });
    expect([emulator.apiKey, emulator.secretKey]).toEqual(['first', 'secret-1']);
    for (const [apiKey, secretKey] of Object.entries(clients)) {
      expect((await sendByFetch(emulator)(signedRequest({ apiKey, secretKey }))).status).toBe(200);
    }
    const crossed = signedRequest({ apiKey: 'first', secretKey: 'sécret 2' });
    expect((await sendByFetch(emulator)(crossed)).status).toBe(400);
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [{ clients: {} }, /at least one API key/],
    [{ clients: { 'a b': 'secret' } }, /printable ASCII/],
    [{ clients: { key: '' } }, /not empty/],
    [{ clients: { key: 7 } }, /not empty/],
    [{ client: { key: 'secret' } }, /no option "client"/],
    [{ onRequest: 'log' }, /onRequest must be a function/],
    ...[
      '',
      'localhost:4400',
      '//localhost:4400',
      'ftp://localhost',
      'javascript:alert(1)',
      'http://',
      'http://localhost:99999',
      'http://localhost/path',
      'http://localhost/?',
      'http://localhost#',
      'http://user@localhost',
      null,
      4400,
      new URL('http://localhost'),
    ].map((publicUrl): [unknown, RegExp] => [{ publicUrl }, /publicUrl must be an http or https origin such as/]),
  ];

  test.each(wrong)('%j is refused', (options, message) => {
    // Safe: invalid options on purpose.
    expect(() => createEmulator(options as EmulatorOptions)).toThrow(message);
  });

  test.each([{ 'key with blank': 'the-secret' }, { key: 'the-secret', other: '' }])(
    'are refused without showing a key: %j',
    (clients) => {
      expect(() => createEmulator({ clients })).toThrow(/^(?!.*(?:the-secret|key with blank)).+$/);
    },
  );
});

describe('fetch', () => {
  test.each([
    ['a string', (url: string) => url],
    ['a URL', (url: string) => new URL(url)],
  ])('takes %s', async (_name, form) => {
    const { method, target, headers, body } = signedRequest();
    const url = form(`https://start.faceverify.ai${target}#fragment`);
    const init = { method, headers, body: Uint8Array.from(body) };
    expect((await createEmulator().fetch(url, init)).status).toBe(200);
  });

  test('takes a Request', async () => {
    const { method, target, headers, body } = signedRequest();
    const init = { method, headers, body: Uint8Array.from(body) };
    expect((await createEmulator().fetch(new Request(`https://start.faceverify.ai${target}`, init))).status).toBe(200);
  });

  test('can be passed to a client of the core', async () => {
    const { apiKey, secretKey, fetch } = createEmulator();
    const client = createFaceVerify({ apiKey, secretKey, fetch, baseUrl: 'https://verify.example.com' });
    const session = await client.createSession({ uniqueIdentifier: 'user123', country: 'US' });
    expect(session.url).toBe(`https://verify.example.com/new/${session.token}`);
    expect(session.baseUrl).toBe('https://verify.example.com');
  });
});

describe('listen', () => {
  test('listens on loopback, on any free port, by default', async () => {
    const emulator = createEmulator();
    const { url, port, close } = await emulator.listen();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(url)).status).toBe(200);
    await close();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  test('can be called more than once, and closed more than once', async () => {
    const emulator = createEmulator();
    const [first, second] = [await emulator.listen(), await emulator.listen()];
    await first.close();
    await first.close();
    expect((await fetch(second.url)).status).toBe(200);
    await second.close();
  });

  test('does not change globals', async () => {
    const before = [globalThis.Request, globalThis.Response];
    const { close } = await createEmulator().listen();
    await close();
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });

  test('says when the port is taken', async () => {
    const emulator = createEmulator();
    const { port, close } = await emulator.listen();
    await expect(emulator.listen({ port })).rejects.toThrow(
      `cannot listen on 127.0.0.1, port ${port}: the port is taken. Choose another one, or 0 for any free port.`,
    );
    await close();
    const again = await emulator.listen({ port });
    expect(again.port).toBe(port);
    await again.close();
  });

  test.each([-1, 1.5, 65_536, NaN])('refuses the port %d', async (port) => {
    await expect(createEmulator().listen({ port })).rejects.toThrow(/whole number from 0 to 65535/);
  });

  test('says when the host is not one of this machine', async () => {
    await expect(createEmulator().listen({ hostname: '203.0.113.1' })).rejects.toThrow(
      /not an address of this machine/,
    );
  });

  test('returns an address to connect to if it listens on all addresses', async () => {
    const { url, port, close } = await createEmulator().listen({ hostname: '0.0.0.0' });
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(url)).status).toBe(200);
    await close();
  });
});
