import { ServerResponse } from 'node:http';
import { createFaceVerify, type FaceVerify, FaceVerifyError, type FaceVerifyOptions } from '@faceverify/core';
import { createEmulator, type Fault } from '@faceverify/emulator';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Listening } from '../src/server.ts';
import { sendByFetch, sendBySocket, signedRequest } from './signed-request.ts';

const emulator = createEmulator();
const { apiKey, secretKey, fetch } = emulator;
const send = sendByFetch(emulator);
let listening: Listening;

beforeAll(async () => {
  listening = await emulator.listen();
});
afterEach(() => emulator.reset());
afterAll(() => listening.close());

/** The ways to connect a client to the emulator. */
const CLIENTS: readonly (readonly [way: string, connect: (options: FaceVerifyOptions) => FaceVerify])[] = [
  ['its fetch', (options) => createFaceVerify({ ...options, fetch })],
  ['a port', (options) => createFaceVerify({ ...options, baseUrl: listening.url })],
];

/** The error code of a client for each fault. */
const FAULTS: readonly (readonly [fault: Fault, code: string])[] = [
  ['stall', 'timeout'],
  ['stall_body', 'timeout'],
  ['disconnect', 'connection'],
  ['redirect', 'bad_response'],
  ['bad_url', 'bad_response'],
  ['success_false', 'rejected'],
  ['html', 'bad_response'],
  ['empty', 'bad_response'],
  ['truncated_json', 'bad_response'],
  ['too_large', 'bad_response'],
  [{ status: 401 }, 'unauthorized'],
  [{ status: 418 }, 'rejected'],
  [{ status: 429, headers: { 'retry-after': '1' } }, 'rate_limited'],
  [{ status: 503 }, 'unavailable'],
  [{ status: 500, body: '' }, 'upstream'],
  [{ status: 204 }, 'bad_response'],
  [{ status: 200, body: 'null' }, 'bad_response'],
  [{ status: 503, delayMs: 5 }, 'unavailable'],
  [{ delayMs: 60_000 }, 'timeout'],
];

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    return FaceVerifyError.is(error) ? error.code : `another error: ${String(error)}`;
  }
}

describe.each(CLIENTS)('a client that uses %s', (_way, connect) => {
  test.each(FAULTS)('fails with %j as %s, and succeeds afterwards', async (fault, code) => {
    const timeouts = code === 'timeout' ? { attemptTimeoutMs: 200 } : {};
    const impatient = connect({ apiKey, secretKey, retry: false, ...timeouts });
    emulator.failNext(fault);
    expect(await codeOf(impatient.createSession({ uniqueIdentifier: 'user123' }))).toBe(code);
    await impatient.close();

    const client = connect({ apiKey, secretKey, retry: false });
    expect(await codeOf(client.createSession({ uniqueIdentifier: 'user123' }))).toBe('none');
    expect(emulator.received).toMatchObject([{ accepted: true }, { accepted: true }]);
    await client.close();
  });

  test('succeeds after two faults by retrying', async () => {
    const client = connect({ apiKey, secretKey, retry: { minDelayMs: 1 } });
    emulator.failNext({ status: 503 }, 2);
    expect((await client.createSession({ uniqueIdentifier: 'user123' })).token).toMatch(/^eyJ/);
    expect(emulator.received).toHaveLength(3);
    await client.close();
  });

  test('aborts a stalled call with its signal', async () => {
    const client = connect({ apiKey, secretKey });
    const controller = new AbortController();
    emulator.failNext('stall');
    const call = client.createSession({ uniqueIdentifier: 'user123' }, { signal: controller.signal });
    controller.abort();
    expect(await codeOf(call)).toBe('aborted');
    await client.close();
  });
});

describe('failNext', () => {
  test('applies to the given number of requests', async () => {
    emulator.failNext({ status: 500 }, 2);
    emulator.failNext({ status: 503 });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await send(signedRequest())).status);
    expect(statuses).toEqual([500, 500, 503, 200]);
  });

  test('can last until the reset', async () => {
    emulator.failNext({ status: 500 }, Infinity);
    for (let i = 0; i < 5; i++) expect((await send(signedRequest())).status).toBe(500);
    emulator.reset();
    expect((await send(signedRequest())).status).toBe(200);
  });

  test('responds with exactly the given status, headers and body', async () => {
    emulator.failNext({ status: 599, headers: { 'Content-Type': 'text/plain', 'X-Own': 'yes' }, body: 'text' });
    const { status, headers, text } = await send(signedRequest());
    expect([status, text, headers.get('content-type'), headers.get('x-own')]).toEqual([
      599,
      'text',
      'text/plain',
      'yes',
    ]);
  });

  test('also meets requests that would be refused; the log tells the truth about them', async () => {
    emulator.failNext({ status: 503 });
    expect((await send(signedRequest({ secretKey: 'other' }))).status).toBe(503);
    expect(emulator.received).toMatchObject([{ accepted: false, refusal: { code: 'wrong_signature' } }]);
  });

  test.each<Fault>(['bad_url', 'truncated_json', 'stall_body'])('leaves a refusal as it is: %s', async (fault) => {
    emulator.failNext(fault);
    const { status, text } = await send(signedRequest({ secretKey: 'other' }));
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ code: 'wrong_signature' });
  });

  test('does not touch the pages', async () => {
    emulator.failNext({ status: 503 });
    expect((await emulator.fetch('http://emulator.test/')).status).toBe(200);
    expect((await send(signedRequest())).status).toBe(503);
  });
});

describe('failFor', () => {
  const named = (uniqueIdentifier: string) => signedRequest({ body: JSON.stringify({ uniqueIdentifier }) });

  test('applies to every request of one identifier', async () => {
    emulator.failFor('unlucky', { status: 500 });
    const statuses = [];
    for (const identifier of ['unlucky', 'lucky', 'unlucky']) statuses.push((await send(named(identifier))).status);
    expect(statuses).toEqual([500, 200, 500]);
    expect((await send(signedRequest({ body: '{}' }))).status).toBe(200);
    emulator.reset();
    expect((await send(named('unlucky'))).status).toBe(200);
  });

  test('applies after failNext, and the last fault wins', async () => {
    emulator.failFor('unlucky', { status: 500 });
    emulator.failFor('unlucky', { status: 502 });
    emulator.failNext({ status: 503 });
    expect((await send(named('unlucky'))).status).toBe(503);
    expect((await send(named('unlucky'))).status).toBe(502);
  });

  test('needs an identifier', () => {
    expect(() => emulator.failFor('', 'stall')).toThrow(/uniqueIdentifier/);
  });
});

describe('an invalid fault is refused when it is set', () => {
  const invalid: readonly unknown[] = [
    'stal',
    'constructor',
    null,
    undefined,
    503,
    {},
    { status: '503' },
    { status: 99 },
    { status: 600 },
    { status: 503.5 },
    { status: 503, body: {} },
    { status: 503, headers: { a: 1 } },
    { status: 503, headers: { 'bad name': 'a' } },
    { status: 503, delay: 5 },
    { delayMs: -1 },
    { delayMs: NaN },
    { delayMs: Infinity },
    { delayMs: '5' },
    { delayMs: 5, body: 'a' },
  ];

  test.each(invalid)('%j', async (fault) => {
    // Safe: an invalid fault on purpose.
    expect(() => emulator.failNext(fault as Fault)).toThrow(Error);
    expect(() => emulator.failFor('user123', fault as Fault)).toThrow(Error);
    expect((await send(signedRequest())).status).toBe(200);
  });

  test.each([0, -1, 1.5, NaN])('%d times', (times) => {
    expect(() => emulator.failNext('stall', times)).toThrow(/whole number/);
  });
});

describe('a closed connection', () => {
  test('rejects as fetch does', async () => {
    emulator.failNext('disconnect');
    await expect(send(signedRequest())).rejects.toThrow(new TypeError('fetch failed'));
  });

  test('sends nothing on a socket', async () => {
    emulator.failNext('disconnect');
    expect((await sendBySocket(listening.port)(signedRequest())).text).toBe('');
  });

  test('is closed at the socket, since on Bun destroying the response is not enough', async () => {
    const destroy = vi.spyOn(ServerResponse.prototype, 'destroy').mockReturnThis();
    emulator.failNext('disconnect');
    const answer = sendBySocket(listening.port)(signedRequest());
    await expect(answer.finally(() => destroy.mockRestore())).resolves.toMatchObject({ text: '' });
  });

  test('rejects with the reason of the signal, during the body too', async () => {
    const { method, headers, target, body } = signedRequest();
    const reason = new Error('enough');
    const controller = new AbortController();
    emulator.failNext('stall_body');
    const init = { method, headers, body: Uint8Array.from(body), signal: controller.signal };
    const answer = await fetch(`http://emulator.test${target}`, init);
    const text = answer.text();
    controller.abort(reason);
    await expect(text).rejects.toBe(reason);
    await expect(fetch(`http://emulator.test${target}`, init)).rejects.toBe(reason);
    expect(emulator.received).toHaveLength(1);
  });

  test('is the result of close(), for stalled requests too', async () => {
    const { port, close } = await emulator.listen();
    emulator.failNext('stall');
    const answer = sendBySocket(port)(signedRequest());
    while (emulator.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await close();
    expect((await answer).text).toBe('');
  });
});
