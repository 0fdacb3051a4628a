import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FetchInit } from '../src/platform/platform.ts';
import { clientOf, rejection } from './client-of.ts';
import { documentedAnswer, httpAnswer, type RawServer, startRawServer } from './raw-server.ts';

const servers: RawServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
async function startGood(): Promise<RawServer> {
  const server = await startRawServer((_request, socket) => socket.write(httpAnswer(documentedAnswer(server.url))));
  servers.push(server);
  return server;
}

describe('the fetch option', () => {
  test('may spread the headers to add one', async () => {
    const server = await startGood();
    const client = clientOf({
      baseUrl: server.url,
      fetch: (url, init) => fetch(url, { ...init, headers: Object.assign({}, init.headers, { traceparent: '00-1' }) }),
    });
    await client.createSession({ uniqueIdentifier: 'a' });
    expect(server.requests[0]?.headers).toMatchObject({
      traceparent: '00-1',
      'x-hmac-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    await client.close();
  });

  test.each<[string, (response: Response) => Promise<unknown>]>([
    ['text()', (response) => response.text()],
    [
      'a reader that it gives back',
      async (response) => {
        const reader = response.body?.getReader();
        await reader?.read();
        reader?.releaseLock();
      },
    ],
  ])('that reads the body with %s is told to clone it, and not called again', async (_how, readBody) => {
    const server = await startGood();
    const read = vi.fn(async (url: string, init: FetchInit) => {
      const response = await fetch(url, init);
      await readBody(response);
      return response;
    });
    const client = clientOf({ baseUrl: server.url, fetch: read });
    expect(await rejection(client.createSession({ uniqueIdentifier: 'a' }))).toMatchObject({
      code: 'bad_response',
      message: expect.stringContaining('let it read a clone()'),
    });
    expect(read).toHaveBeenCalledOnce();
    await client.close();
  });

  const answerOf = (body: unknown): Response =>
    Object.assign(Object.create(null) as Response, { status: 200, headers: new Headers(), body });
  test.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['no body that can be read', () => answerOf({ pipe() {} })],
    ['no headers', () => ({ status: 200, headers: {}, body: null })],
    ...['text', null, new ArrayBuffer(2), new Uint16Array(2), new DataView(new ArrayBuffer(2))].map(
      (chunk): [string, () => unknown] => [
        `${Object.prototype.toString.call(chunk)} in place of bytes`,
        () => answerOf(new ReadableStream({ start: (stream) => stream.enqueue(chunk) })),
      ],
    ),
  ])('that gives %s is named, and not called again', async (what, give) => {
    const fetch = vi.fn(async () => give() as Response); // Safe: the wrong types are the point.
    const onAttempt = vi.fn();
    const client = clientOf({ fetch, onAttempt });
    const error = await rejection(client.createSession({ uniqueIdentifier: 'a' }));
    expect(error).toMatchObject({
      code: 'bad_response',
      message: expect.stringContaining('no standard Response'),
    });
    const upstreamStatus = what.includes('in place of bytes') ? 200 : undefined;
    expect(error).toHaveProperty('upstreamStatus', upstreamStatus);
    expect(onAttempt).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ upstreamStatus }));
    expect(fetch).toHaveBeenCalledOnce();
    await client.close();
  });

  test('that gives its bytes one by one is read as if they came together', async () => {
    const answer = new TextEncoder().encode(documentedAnswer('https://vendor.example').replace('{', '{"name":"ü€😀",'));
    const stream = (): ReadableStream =>
      new ReadableStream({
        start(controller) {
          for (const byte of answer) controller.enqueue(Uint8Array.of(byte));
          controller.close();
        },
      });
    const client = clientOf({ baseUrl: 'https://vendor.example', fetch: async () => new Response(stream()) });
    expect(await client.request('GET', '/api/v1/anything')).toMatchObject({ name: 'ü€😀', success: true });
    await client.close();
  });

  test('that throws at once or never ends hangs nothing', async () => {
    const throws = clientOf({
      fetch: () => {
        throw new Error('of the app');
      },
    });
    expect(await rejection(throws.createSession())).toMatchObject({ code: 'connection' });
    const endless = clientOf({ fetch: () => new Promise(() => undefined), timeoutMs: 100 });
    expect(await rejection(endless.createSession())).toMatchObject({ code: 'timeout' });
    await endless.close();
  });

  test('that ignores its signal is not read on', async () => {
    let cancelled = false;
    const stream = (): ReadableStream =>
      new ReadableStream({
        pull: async (controller) => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          controller.enqueue(new Uint8Array(1));
        },
        cancel: () => {
          cancelled = true;
        },
      });
    const client = clientOf({ fetch: async () => new Response(stream()), timeoutMs: 100 });
    expect(await rejection(client.createSession())).toMatchObject({ code: 'timeout' });
    await client.close();
    await expect.poll(() => cancelled).toBe(true);
  });

  test('that followed a redirect is not believed, even where the new host is allowed', async () => {
    const body = documentedAnswer('https://verify.example');
    const response = Object.defineProperty(new Response(body), 'redirected', { value: true });
    const client = clientOf({ sessionHosts: ['verify.example'], fetch: async () => response });
    expect(await rejection(client.createSession())).toMatchObject({
      code: 'bad_response',
      message: expect.stringContaining('followed a redirect'),
    });
    await client.close();
  });

  class Refused extends Error {
    override readonly name = 'RefusedError';
  }
  test.each<[string, unknown, string]>([
    ['an error of its own', new Refused('of the app'), 'The fetch option failed with a RefusedError'],
    ['a mistake', new TypeError('x is not a function'), 'The fetch option failed with a TypeError'],
    ['no Error', 'oops', 'The fetch option failed with a non-Error'],
    [
      'a network error',
      Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }),
      'ECONNREFUSED',
    ],
  ])('that throws %s is named, with the class of the error', async (_what, thrown, message) => {
    const client = clientOf({
      fetch: () => {
        throw thrown;
      },
      retry: false,
    });
    const error = await rejection(client.createSession());
    expect(error).toMatchObject({ code: 'connection', message: expect.stringContaining(message) });
    expect(String(error)).not.toMatch(/of the app|is not a function|oops/);
    await client.close();
  });
});
