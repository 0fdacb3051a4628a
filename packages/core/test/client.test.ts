import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { FaceVerifyError } from '../src/errors.ts';
import type { AttemptEvent } from '../src/options.ts';
import { API_KEY, clientOf, rejection, SECRET_KEY } from './client-of.ts';
import { documentedAnswer, httpAnswer, type RawServer, startRawServer } from './raw-server.ts';

const servers: RawServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Answers with these in turn, the last one again and again; `'hang'` never answers. */
async function serverWith(...answers: ((url: string) => string)[]): Promise<RawServer> {
  const server = await startRawServer((_request, socket, index) => {
    const answer = answers[Math.min(index, answers.length) - 1]?.(server.url);
    if (answer !== undefined && answer !== 'hang') socket.write(answer);
  });
  servers.push(server);
  return server;
}
const good = (url: string): string => httpAnswer(documentedAnswer(url));
const status =
  (code: number, headers = {}, body = ''): (() => string) =>
  () =>
    httpAnswer(body, code, headers);
const hang = (): string => 'hang';

describe('a client', () => {
  test('gives the session of the documented answer', async () => {
    const server = await serverWith(good);
    const client = clientOf({ baseUrl: server.url });
    expect(await client.createSession({ uniqueIdentifier: 'user123' })).toEqual({
      sessionId: 'session123',
      url: `${server.url}/new/token123`,
      token: 'token123',
      baseUrl: server.url,
    });
    await client.close();
  });

  test('sends the same bytes again for a known person, and tells each attempt', async () => {
    const server = await serverWith(status(503), status(500), good);
    const events: AttemptEvent[] = [];
    const client = clientOf({ baseUrl: server.url, onAttempt: (event) => events.push(event) });
    await client.createSession({ uniqueIdentifier: 'user123' });
    const [first, ...others] = server.requests.map(({ headers, body }) => [
      headers['x-hmac-signature'],
      body.toString(),
    ]);
    expect(others).toEqual([first, first]);
    expect(events.map(({ attempt, code, upstreamStatus }) => [attempt, code, upstreamStatus])).toEqual([
      [1, 'unavailable', 503],
      [2, 'upstream', 500],
      [3, undefined, 200],
    ]);
    expect(new Set(events.map(({ requestId }) => requestId)).size).toBe(1);
    await client.close();
  });

  test('sends a session that belongs to nobody once', async () => {
    const server = await serverWith(status(503, {}, '\n'));
    const client = clientOf({ baseUrl: server.url });
    expect(await rejection(client.createSession({ country: 'US' }))).toMatchObject({
      code: 'unavailable',
      attempts: 1,
      message: expect.not.stringContaining('vendorMessage'), // It said nothing.
    });
    expect(server.requests).toHaveLength(1);
    await client.close();
  });

  test('repeats a GET and what is said to be idempotent, and nothing else', async () => {
    const server = await serverWith(status(500));
    const client = clientOf({ baseUrl: server.url });
    const attempts = async (method: string, options = {}): Promise<unknown> =>
      rejection(client.request(method, '/x', options));
    expect(await attempts('GET')).toMatchObject({ code: 'upstream', attempts: 3 });
    expect(await attempts('PUT', { body: 1, idempotent: true })).toMatchObject({ attempts: 3 });
    expect(await attempts('POST', { body: 1 })).toMatchObject({ attempts: 1 });
    expect(await attempts('DELETE')).toMatchObject({ attempts: 1 });
    await client.close();
  });

  test('takes any 2xx of another call, with or without a body', async () => {
    const server = await serverWith(status(201, {}, '[1]'), status(204), status(200, {}, 'null'), status(200, {}, '<'));
    const client = clientOf({ baseUrl: server.url });
    expect(await client.request('POST', '/x')).toEqual([1]);
    expect(await client.request('DELETE', '/x')).toBeUndefined();
    expect(await client.request('GET', '/x')).toBeNull();
    expect(await rejection(client.request('GET', '/x'))).toMatchObject({ code: 'bad_response' });
    await client.close();
  });

  test('has a query in the target of another call only where there is one', async () => {
    const server = await serverWith(status(204), status(204));
    const client = clientOf({ baseUrl: server.url });
    await client.request('POST', '/x', { body: { name: 'text' } });
    await client.request('POST', '/x', { body: {}, query: { page: '1' } });
    expect(server.requests.map(({ target }) => target)).toEqual(['/x', '/x?page=1']);
    await client.close();
  });

  test('advises to check the signature when it is refused, and shows text of the vendor on demand only', async () => {
    const said = JSON.stringify({ message: 'No such user user123', debug: 'a'.repeat(64) });
    const server = await serverWith(status(400, {}, said));
    const client = clientOf({ baseUrl: server.url });
    const error = await rejection(client.createSession({ uniqueIdentifier: 'user123' }));
    expect(error).toMatchObject({ code: 'rejected', upstreamStatus: 400, attempts: 1 });
    if (!FaceVerifyError.is(error)) throw error;
    expect(error.message).toMatch(/explainSignature.* See error\.vendorMessage\(\)\.$/);
    expect(error.vendorMessage()).toBe('message: No such user [cut]');
    for (const shown of [error.message, JSON.stringify(error), inspect(error, { showHidden: true, getters: true })]) {
      expect(shown).not.toContain('No such user');
    }
    await client.close();
  });

  test('cuts what another call gave out of what the vendor said', async () => {
    const said = 'No user alice@example.com, 123456789, Tom at /api/v1/users/alice@example.com: email is required';
    const server = await serverWith(status(400, {}, said));
    const client = clientOf({ baseUrl: server.url });
    const body = { email: -123_456_789, deep: [{ name: 'Tom', age: 7 }] };
    const error = await rejection(client.request('POST', '/api/v1/users/alice%40example.com/e', { body }));
    if (!FaceVerifyError.is(error)) throw error;
    expect(error.vendorMessage()).toBe('No user [cut] at [cut] email is required');
    await client.close();
  });

  test('waits as long as the vendor asks, or gives up at once where that is too long', async () => {
    const server = await serverWith(status(429, { 'retry-after': '1' }));
    const client = clientOf({ baseUrl: server.url, timeoutMs: 500 });
    expect(await rejection(client.createSession({ uniqueIdentifier: 'a' }))).toMatchObject({
      code: 'rate_limited',
      attempts: 1,
      retryAfterMs: 1000,
    });
    await client.close();
  });

  test('gives up at the deadline of the whole call', async () => {
    const server = await serverWith(hang);
    const client = clientOf({ baseUrl: server.url, timeoutMs: 1_000, attemptTimeoutMs: 700 });
    expect(await rejection(client.createSession({ uniqueIdentifier: 'a' }))).toMatchObject({
      code: 'timeout',
      attempts: 2,
    });
    await client.close();
  });

  test.each(['before', 'during'])('can be cancelled %s an attempt', async (when) => {
    const server = await serverWith(hang);
    const client = clientOf({ baseUrl: server.url });
    const controller = new AbortController();
    if (when === 'before') controller.abort();
    const call = rejection(client.createSession({ uniqueIdentifier: 'a' }, { signal: controller.signal }));
    if (when === 'during') setTimeout(() => controller.abort(), 30);
    expect(await call).toMatchObject({ code: 'aborted', attempts: when === 'before' ? 0 : 1 });
    expect(server.requests).toHaveLength(when === 'before' ? 0 : 1);
    await client.close();
  });

  test('opens no connection for a call that is cancelled in the same breath', async () => {
    const server = await serverWith(hang);
    const client = clientOf({ baseUrl: server.url });
    const controller = new AbortController();
    const call = rejection(client.createSession({ uniqueIdentifier: 'a' }, { signal: controller.signal }));
    controller.abort();
    expect(await call).toMatchObject({ code: 'aborted' });
    await client.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.connections()).toBe(0);
  });

  test.each([null, 'abort', {}, { aborted: false }, { aborted: false, addEventListener: 1, removeEventListener() {} }])(
    'refuses %j for a signal',
    async (signal) => {
      const client = clientOf({ baseUrl: 'http://127.0.0.1:9' });
      // Safe: the wrong types are the point.
      const call = client.createSession({}, { signal: signal as never });
      expect(await rejection(call)).toMatchObject({
        code: 'invalid_params',
        message: 'signal must be an AbortSignal.',
      });
      await client.close();
    },
  );

  test('can be cancelled by a signal that calls as soon as it is asked', async () => {
    const signal = {
      aborted: false,
      addEventListener: (_type: string, listener: () => void) => listener(),
      removeEventListener() {},
    };
    const client = clientOf({ baseUrl: 'http://127.0.0.1:9' });
    expect(await rejection(client.createSession({}, { signal }))).toMatchObject({ code: 'aborted' });
    await client.close();
  });

  test('can be cancelled during a wait', async () => {
    const server = await serverWith(status(429, { 'retry-after': '5' }));
    const controller = new AbortController();
    const client = clientOf({
      baseUrl: server.url,
      onAttempt: () => setTimeout(() => controller.abort(), 10),
    });
    const error = await rejection(client.createSession({ uniqueIdentifier: 'a' }, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'aborted', attempts: 1 });
    await client.close();
  });

  test('closes: waits and new calls end, attempts under way finish', async () => {
    let release = (): void => undefined;
    const server = await startRawServer(({ body }, socket) => {
      if (body.includes('waiting')) socket.write(httpAnswer('', 503, { 'retry-after': '5' }));
      else release = () => socket.write(good(server.url));
    });
    servers.push(server);
    const client = clientOf({ baseUrl: server.url });
    const waiting = rejection(client.createSession({ uniqueIdentifier: 'waiting' }));
    const underway = client.createSession({ uniqueIdentifier: 'underway' });
    await expect.poll(() => server.requests.length).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 50)); // Until the first call has begun to wait.
    let closed = false;
    const closing = client.close().then(() => {
      closed = true;
    });
    expect(await waiting).toMatchObject({ code: 'closed' });
    expect(await rejection(client.createSession({ uniqueIdentifier: 'late' }))).toMatchObject({
      code: 'closed',
      attempts: 0,
    });
    expect(closed).toBe(false);
    release();
    expect((await underway).sessionId).toBe('session123');
    await closing;
    await client.close();
    expect(server.requests).toHaveLength(2);
  });

  test('hides its keys from logs', () => {
    const client = clientOf({ baseUrl: 'https://start.faceverify.ai' });
    for (const shown of [JSON.stringify(client), inspect(client, { showHidden: true, depth: 10 }), String(client)]) {
      expect(shown).not.toContain(SECRET_KEY);
      expect(shown).not.toContain(API_KEY);
    }
    expect(inspect(client)).toBe('FaceVerify {"baseUrl":"https://start.faceverify.ai"}');
  });

  test.each([
    [
      'throws',
      (): void => {
        throw new Error('of the hook');
      },
    ],
    ['rejects', (): Promise<void> => Promise.reject(new Error('of the hook'))],
  ])('a hook that %s changes nothing', async (_what, onAttempt) => {
    const server = await serverWith(good);
    const client = clientOf({ baseUrl: server.url, onAttempt });
    await expect(client.createSession()).resolves.toMatchObject({ sessionId: 'session123' });
    await client.close();
  });

  test.each<[string, unknown[]]>([
    ['a method in lower case', ['get', '/x']],
    ['an unknown method', ['TRACE', '/x']],
    ['a path without a slash', ['GET', 'x']],
    ['a query in the path', ['GET', '/x?y=1']],
    ['a path that would be rewritten', ['GET', '/x/../y']],
    ['a path with parameters', ['GET', '/x;y']],
    ['another host in the path', ['GET', '//evil.example/x y']],
    ['a body on GET', ['GET', '/x', { body: {} }]],
    ['an unknown option', ['GET', '/x', { params: {} }]],
    ['null for options', ['GET', '/x', null]],
    ['a body that is no JSON', ['POST', '/x', { body: 1n }]],
    ['a query that is no record', ['POST', '/x', { query: [['a']] }]],
    ['a body that is a Map', ['POST', '/x', { body: new Map([['a', 1]]) }]],
    ['a body that is a Set', ['POST', '/x', { body: new Set([1]) }]],
    ['a body that is a FormData', ['POST', '/x', { body: new FormData() }]],
    ['a body that is a URLSearchParams', ['POST', '/x', { body: new URLSearchParams({ a: '1' }) }]],
    ['a body of bytes', ['POST', '/x', { body: new Uint8Array(2) }]],
    ['a body that is a promise', ['POST', '/x', { body: Promise.resolve(1) }]],
    ['a body with a Map in it', ['POST', '/x', { body: { deep: [{ field: new Map() }] } }]],
    ['idempotent that is no boolean', ['POST', '/x', { idempotent: 'yes' }]],
    ['something else than a signal', ['GET', '/x', { signal: { abort: true } }]],
  ])('refuses %s', async (_what, args) => {
    const client = clientOf({ baseUrl: 'http://127.0.0.1:9' });
    // Safe: the wrong types are the point.
    const call = client.request(...(args as Parameters<typeof client.request>));
    expect(await rejection(call)).toMatchObject({ code: 'invalid_params', attempts: undefined });
  });

  test.each([undefined, null, 7, true, ['1'], { a: 1 }, () => '1'])(
    'refuses %j in a query, naming the field',
    async (value) => {
      const client = clientOf({ baseUrl: 'http://127.0.0.1:9' });
      // Safe: the wrong types are tested.
      const call = client.request('GET', '/x', { query: { page: value as never } });
      expect(await rejection(call)).toMatchObject({
        code: 'invalid_params',
        message: expect.stringMatching(/^query\.page /),
      });
    },
  );

  test('sends what JSON can hold, as it is', async () => {
    const server = await serverWith(status(200, {}, '{}'));
    const client = clientOf({ baseUrl: server.url });
    const when = new Date(0);
    class Money {
      toJSON(): string {
        return '7 EUR';
      }
    }
    const body = { when, price: new Money(), none: null, list: [1, 'a', false], nested: Object.create(null) as object };
    await client.request('POST', '/x', { body });
    expect(server.requests[0]?.body.toString()).toBe(
      '{"when":"1970-01-01T00:00:00.000Z","price":"7 EUR","none":null,"list":[1,"a",false],"nested":{}}',
    );
    await client.close();
  });

  test("keeps others' retries when one visitor's calls are declined", async () => {
    const seen = new Set<string>();
    const server = await startRawServer(({ body }, socket) => {
      const { uniqueIdentifier: user } = JSON.parse(body.toString()) as { uniqueIdentifier: string };
      if (user === 'greedy') socket.write(httpAnswer('', 429));
      else if (seen.has(user)) socket.write(good(server.url));
      else socket.write(httpAnswer('', 503));
      seen.add(user);
    });
    servers.push(server);
    const client = clientOf({ baseUrl: server.url });
    for (let n = 0; n < 12; n++) await rejection(client.createSession({ uniqueIdentifier: 'greedy' }));
    const others = Array.from({ length: 10 }, (_, n) => client.createSession({ uniqueIdentifier: `user-${n}` }));
    expect(await Promise.all(others)).toHaveLength(10);
    await client.close();
  });

  test.each(['lost', 'notSent', 'code', 'retryAfter', 'advice', 'isRetry'])(
    'a polluted prototype with %s repeats no answered call',
    async (name) => {
      const prototype: Record<string, unknown> = Object.prototype as never;
      const server = await serverWith(status(400));
      const client = clientOf({ baseUrl: server.url });
      Object.defineProperty(prototype, name, { value: 'connection', configurable: true, writable: true });
      try {
        expect(await rejection(client.createSession())).toMatchObject({ code: 'rejected', attempts: 1 });
      } finally {
        delete prototype[name];
      }
      expect(server.requests).toHaveLength(1);
      await client.close();
    },
  );

  test.each<[string, unknown, RegExp]>([
    ['a signal in place of options', new AbortController().signal, /^Pass the signal as \{ signal \}/],
    ['a misspelt option', { singal: 1 }, /no option "singal"/],
  ])('refuses %s', async (_what, options, message) => {
    const client = clientOf({ baseUrl: 'http://127.0.0.1:9' });
    // Safe: the wrong types are tested.
    const error = await rejection(client.createSession({}, options as never));
    expect(error).toMatchObject({ code: 'invalid_params', message: expect.stringMatching(message) });
  });

  test.each([NaN, Infinity, -Infinity, { deep: [NaN] }, Buffer.from('a'), { photo: Buffer.from('a') }])(
    'refuses a body of %j, which JSON would lose',
    async (body) => {
      const client = clientOf({ baseUrl: 'http://127.0.0.1:9' });
      expect(await rejection(client.request('POST', '/x', { body }))).toMatchObject({
        code: 'invalid_params',
        message: expect.stringMatching(/^body.* would be lost in JSON/),
      });
    },
  );
});
