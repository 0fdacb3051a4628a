import { createFaceVerify } from '@faceverify/core';
import { createEmulator, type Outcome } from '@faceverify/emulator';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Listening } from '../src/server.ts';

const emulator = createEmulator();
const { apiKey, secretKey } = emulator;
let listening: Listening;

beforeAll(async () => {
  listening = await emulator.listen();
});
afterEach(() => emulator.reset());
afterAll(() => listening.close());

async function newPage(params: { uniqueIdentifier?: string; country?: string } = {}): Promise<string> {
  const client = createFaceVerify({ apiKey, secretKey, baseUrl: listening.url });
  const { url } = await client.createSession(params);
  await client.close();
  return url;
}

const read = async (url: string): Promise<string> => (await fetch(url)).text();
const choose = (url: string, outcome: string): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });

describe('the hosted page', () => {
  test('says that it is the emulator, and offers three outcomes', async () => {
    const page = await read(await newPage());
    expect(page).toContain('This is an emulator, not FaceVerify.');
    expect(page).toContain('nobody is verified');
    expect([...page.matchAll(/<button[^>]* value="(\w+)">/g)].map(([, value]) => value)).toEqual([
      'passed',
      'failed',
      'cancelled',
    ]);
  });

  const results: readonly (readonly [Outcome, string])[] = [
    ['passed', 'Verification passed'],
    ['failed', 'Verification failed'],
    ['cancelled', 'Verification cancelled'],
  ];

  test.each(results)('keeps the outcome %s and shows it', async (outcome, heading) => {
    const url = await newPage({ uniqueIdentifier: 'user123' });
    const other = await newPage({ uniqueIdentifier: 'user124' });
    const answer = await choose(url, outcome);
    expect(answer.status).toBe(303);
    expect(new URL(answer.headers.get('location') ?? '', url).href).toBe(url);
    expect(emulator.sessions.map((session) => session.outcome)).toEqual([outcome, undefined]);
    const page = await read(url);
    expect(page).toMatch(new RegExp(`<title>${heading} · `));
    expect(page).toMatch(new RegExp(`<h1[^>]*>${heading}</h1>`));
    expect(await read(other)).toContain('How should this verification end?');
  });

  test('lets the person choose again', async () => {
    const url = await newPage();
    await choose(url, 'failed');
    await choose(url, 'again');
    expect(emulator.sessions).toMatchObject([{ outcome: undefined }]);
    expect(await read(url)).toContain('How should this verification end?');
  });

  test.each(['', 'PASSED', 'constructor'])('refuses the outcome %j', async (outcome) => {
    const url = await newPage();
    expect((await choose(url, outcome)).status).toBe(400);
    expect(emulator.sessions).toMatchObject([{ outcome: undefined }]);
  });

  test('is not found for an unknown link, or after a reset', async () => {
    const url = await newPage();
    for (const [link, status] of [
      [url, 200],
      [`${url}x`, 404],
      [`${listening.url}/new/`, 404],
    ] as const) {
      expect((await fetch(link)).status).toBe(status);
    }
    emulator.reset();
    expect((await fetch(url)).status).toBe(404);
    expect((await choose(url, 'passed')).status).toBe(404);
  });

  test('escapes what it shows, and shows neither token nor identifier', async () => {
    const page = await read(await newPage({ country: '<b>"&\'US', uniqueIdentifier: 'user123' }));
    expect(page).toContain('&lt;b&gt;&quot;&amp;&#39;US');
    expect(page).not.toContain('<b>');
    expect(page).not.toContain('user123');
    expect(page).not.toContain(emulator.sessions[0]?.token);
  });

  test('runs no script and loads nothing', async () => {
    const page = await read(await newPage());
    expect(page).not.toMatch(/<script|javascript:|\son\w+=|@import/i);
    expect(
      [...page.matchAll(/(?:src|href|action|url)\s*[=(]\s*["']?([^"')\s>]+)/gi)].map(([, target]) => target),
    ).toEqual(['data:,']);
  });

  test('labels its language, its heading and its form for screen readers', async () => {
    const page = await read(await newPage());
    expect(page).toContain('<html lang="en">');
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toContain('aria-labelledby="heading"');
    expect(page.match(/<svg/g)).toEqual(page.match(/<svg[^>]*aria-hidden="true"/g)?.map(() => '<svg'));
  });
});

describe('every page', () => {
  test.each(['/', '/new/unknown', '/nowhere'])('%s is not cached and forbids external resources', async (path) => {
    const { headers } = await fetch(listening.url + path, { headers: { accept: 'text/html' } });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w-]{36}'; img-src data:; form-action 'self'; base-uri 'none'$/,
    );
    // It may be framed by an app on any origin.
    expect(headers.get('x-frame-options')).toBeNull();
  });

  test('has a new nonce each time, on its style', async () => {
    const nonces = [];
    for (let i = 0; i < 2; i++) {
      const answer = await fetch(`${listening.url}/nowhere`);
      const nonce = /nonce-([\w-]+)/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? 'none';
      expect(await answer.text()).toContain(`<style nonce="${nonce}">`);
      nonces.push(nonce);
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });
});

describe('the start page', () => {
  test.each([
    ['text/html', 'text/html; charset=UTF-8'],
    ['application/json', 'application/json'],
    ['*/*', 'application/json'],
  ])('says for %s what it is, and nothing secret', async (accept, type) => {
    await newPage({ uniqueIdentifier: 'user123' });
    const answer = await fetch(listening.url, { headers: { accept } });
    expect(answer.headers.get('content-type')).toBe(type);
    const text = await answer.text();
    expect(text).toMatch(/emulator/);
    expect(text).toMatch(/not (FaceVerify|the vendor)/);
    const hidden = [apiKey, secretKey, 'user123', emulator.sessions[0]?.token ?? ''];
    expect(hidden.filter((one) => text.includes(one))).toEqual([]);
  });
});
