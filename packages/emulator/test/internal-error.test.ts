import { connect } from 'node:net';
import { createEmulator, type EmulatorOptions } from '@faceverify/emulator';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sendByFetch, sendBySocket, signedRequest, type WireAnswer, type WireRequest } from './signed-request.ts';

const logged: unknown[][] = [];
beforeEach(() => {
  logged.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...values) => void logged.push(values));
});
afterEach(() => vi.restoreAllMocks());

class LogBroken extends Error {}

/** What a port answers where `onRequest` does this. */
async function answerWith(onRequest: EmulatorOptions['onRequest'], request = signedRequest()): Promise<WireAnswer> {
  const { port, close } = await createEmulator({ onRequest }).listen();
  const answer = await sendBySocket(port)(request);
  await close();
  return answer;
}

describe('an error of onRequest, on a port', () => {
  const hooks: readonly (readonly [what: string, hook: EmulatorOptions['onRequest']])[] = [
    [
      'throws',
      () => {
        throw new LogBroken('disk full');
      },
    ],
    ['rejects', () => Promise.reject(new LogBroken('disk full'))],
  ];

  test.each(hooks)('is logged and answered as an error of the emulator: onRequest %s', async (_what, hook) => {
    const { status, headers, text } = await answerWith(hook);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      500,
      'application/json',
      'no-store',
    ]);
    expect(JSON.parse(text)).toEqual({
      success: false,
      code: 'emulator_error',
      message: expect.stringMatching(/error of the emulator itself, or of your onRequest/) as unknown,
    });
    expect(text).not.toContain('disk full');
    expect(logged).toEqual([['The FaceVerify emulator could not answer a request: LogBroken: disk full']]);
  });

  test('is logged if it is not an Error', async () => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- The point of the test.
    expect((await answerWith(() => Promise.reject('user123'))).status).toBe(500);
    expect(logged).toEqual([['The FaceVerify emulator could not answer a request: a thrown string']]);
  });

  const requests: readonly (readonly [what: string, request: WireRequest])[] = [
    ['accepted', signedRequest({ target: '/api/v1/session?person=user-in-query' })],
    ['refused', signedRequest({ secretKey: 'other' })],
  ];

  test.each(requests)('is logged without secrets and identifiers of the request: %s', async (_what, request) => {
    const answer = await answerWith((received) => {
      throw new Error(`${JSON.stringify(received)} ${received.body} user123 emulator-secret-key`);
    }, request);
    const shown = `${String(logged[0])} ${answer.text}`;
    expect(shown).toContain('Error: {"method":"POST"');
    const signature = request.headers['x-hmac-signature'] ?? '';
    for (const hidden of ['user123', 'user-in-query', 'emulator-secret-key', signature]) {
      expect(shown).not.toContain(hidden);
    }
  });

  test('ends one request, not the emulator', async () => {
    let calls = 0;
    const emulator = createEmulator({
      onRequest() {
        calls++;
        if (calls === 1) throw new LogBroken();
      },
    });
    const { port, close } = await emulator.listen();
    expect((await sendBySocket(port)(signedRequest())).status).toBe(500);
    expect((await sendBySocket(port)(signedRequest())).status).toBe(200);
    await close();
  });
});

test('an error of onRequest is what fetch rejects with', async () => {
  const error = new LogBroken('disk full');
  const emulator = createEmulator({ onRequest: () => Promise.reject(error) });
  await expect(sendByFetch(emulator)(signedRequest())).rejects.toBe(error);
  expect(logged).toEqual([]);
});

describe('not logged as an error of the emulator is', () => {
  test('a fault that ends the connection', async () => {
    const emulator = createEmulator();
    const { port, close } = await emulator.listen();
    emulator.failNext('disconnect');
    expect((await sendBySocket(port)(signedRequest())).text).toBe('');
    await close();
    expect(logged).toEqual([]);
  });

  test('a client that disconnects in the middle of its body', async () => {
    const emulator = createEmulator();
    const { port, close } = await emulator.listen();
    const socket = connect(port, '127.0.0.1');
    const head = 'POST /api/v1/session HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{';
    await new Promise<void>((resolve) => socket.write(head, () => setTimeout(resolve, 50)));
    socket.destroy();
    expect((await sendBySocket(port)(signedRequest())).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await close();
    expect(emulator.received).toHaveLength(1);
    expect(logged).toEqual([]);
  });

  test('a body that fails while fetch reads it: fetch rejects', async () => {
    const cause = new Error('file gone');
    const body = new ReadableStream({ pull: (controller) => controller.error(cause) });
    // Safe: the DOM's types do not have `duplex` yet, which a stream as a body needs.
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const call = createEmulator().fetch('http://emulator.test/api/v1/session', init);
    await expect(call).rejects.toMatchObject({ message: 'fetch failed', cause: { cause } });
  });
});
