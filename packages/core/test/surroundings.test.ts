import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { listen } from '../../../test/support/listen.ts';
import { platform as node } from '../src/platform/node.ts';
import { platform as web } from '../src/platform/web.ts';
import { clientOn, rejection } from './client-on.ts';
import { documentedAnswer, httpAnswer, type RawServer, startRawServer } from './raw-server.ts';

/** What an app brings along besides this package: tracers, agents, a fetch of its own. */

const servers: RawServer[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
async function start(...args: Parameters<typeof startRawServer>): Promise<RawServer> {
  const server = await startRawServer(...args);
  servers.push(server);
  return server;
}
const startGood = (): Promise<RawServer> =>
  start((_request, socket) => socket.write(httpAnswer(documentedAnswer(servers[0]?.url ?? ''))));

test('a tracer may replace http.request and copy its headers', async () => {
  const server = await startGood();
  const { request } = http;
  vi.spyOn(http, 'request').mockImplementation(((options: http.RequestOptions) =>
    request({ ...options, headers: Object.assign({}, options.headers, { traceparent: '00-1' }) })) as typeof request);
  const client = clientOn(node, { baseUrl: server.url });
  await client.createSession({ uniqueIdentifier: 'a' });
  expect(server.requests[0]?.headers).toMatchObject({
    traceparent: '00-1',
    'x-hmac-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    host: new URL(server.url).host,
  });
  await client.close();
});

test('fake timers in a test of the app do not stop a call', async () => {
  const server = await startGood();
  const client = clientOn(node, { baseUrl: server.url });
  vi.useFakeTimers();
  try {
    await expect(client.createSession({ uniqueIdentifier: 'a' })).resolves.toHaveProperty('sessionId', 'session123');
  } finally {
    vi.useRealTimers();
  }
  await client.close();
});

test('fake timers from before this package was loaded do not stop a call', async () => {
  const server = await startGood();
  vi.resetModules();
  mock.timers.enable();
  const { platform } = await import('../src/platform/node.ts').finally(() => mock.timers.reset());
  const client = clientOn(platform, { baseUrl: server.url, retry: false, timeoutMs: 2_000 });
  await expect(client.createSession({ uniqueIdentifier: 'a' })).resolves.toHaveProperty('sessionId', 'session123');
  await client.close();
});

/** Answers 400 calls at once. */
function startBurst(): Promise<RawServer> {
  const held: (() => void)[] = [];
  return start((_request, socket) => {
    held.push(() => socket.write(httpAnswer(documentedAnswer(servers[0]?.url ?? ''))));
    if (held.length === 400) for (const answer of held.splice(0)) answer();
  });
}

test('after a burst whose next calls are given up at once, 256 connections are kept', async () => {
  const server = await startBurst();
  const client = clientOn(node, { baseUrl: server.url });
  const lane = async (): Promise<void> => {
    await client.createSession({ uniqueIdentifier: 'a' });
    const caller = new AbortController();
    const next = rejection(client.createSession({ uniqueIdentifier: 'a' }, { signal: caller.signal }));
    caller.abort();
    expect(await next).toMatchObject({ code: 'aborted' });
  };
  await Promise.all(Array.from({ length: 400 }, lane));
  await expect.poll(() => server.open(), { timeout: 5_000 }).toBe(256);
  await client.close();
});

test('calls that follow 400 answers at once open no further connections', async () => {
  const server = await startBurst();
  const client = clientOn(node, { baseUrl: server.url });
  const lane = async (): Promise<void> => {
    for (let call = 0; call < 3; call++) await client.createSession({ uniqueIdentifier: 'a' });
  };
  await Promise.all(Array.from({ length: 400 }, lane));
  expect(server.connections()).toBe(400);
  await client.close();
});

test('a server that names a short limit once is not held to it for good', async () => {
  const server = await start((_request, socket, index) => {
    const limit = index === 1 ? { 'keep-alive': 'timeout=1' } : {};
    socket.write(httpAnswer(documentedAnswer(server.url), 200, limit));
  });
  const client = clientOn(node, { baseUrl: server.url });
  for (let call = 0; call < 5; call++) await client.createSession({ uniqueIdentifier: 'a' });
  expect(server.connections()).toBe(2);
  await client.close();
});

test('an address that cannot be dialled at all is dialled again without an identifier too', async () => {
  const client = clientOn(node, { baseUrl: 'http://255.255.255.255', allowHttp: true });
  expect(await rejection(client.createSession())).toMatchObject({ code: 'connection', attempts: 3 });
  await client.close();
});

test('a connect() that throws is a failed connection, not a crash', async () => {
  vi.spyOn(net, 'connect').mockImplementation(() => {
    throw Object.assign(new Error('of the runtime'), { code: 'ECONNECT' });
  });
  const client = clientOn(node, { baseUrl: 'http://127.0.0.1:9' });
  expect(await rejection(client.createSession({ uniqueIdentifier: 'a' }))).toMatchObject({
    code: 'connection',
    attempts: 3,
    message: expect.stringContaining('ECONNECT'),
  });
  await client.close();
});

describe('an agent of the app', () => {
  test('that never gives a connection hangs nothing', async () => {
    class Busy extends http.Agent {
      addRequest(): void {}
    }
    const client = clientOn(node, { baseUrl: 'http://127.0.0.1:9', agent: new Busy(), timeoutMs: 300, retry: false });
    expect(await rejection(client.createSession())).toMatchObject({ code: 'timeout' });
    const controller = new AbortController();
    const call = rejection(client.createSession({}, { signal: controller.signal }));
    controller.abort();
    expect(await call).toMatchObject({ code: 'aborted' });
    await client.close();
  });

  test('that throws is a failed connection, not a crash', async () => {
    class Broken extends http.Agent {
      addRequest(): void {
        throw Object.assign(new Error('of the agent'), { code: 'EAGENT' });
      }
    }
    const client = clientOn(node, { baseUrl: 'http://127.0.0.1:9', agent: new Broken() });
    expect(await rejection(client.createSession())).toMatchObject({
      code: 'connection',
      message: expect.stringContaining('EAGENT'),
    });
    await client.close();
  });

  test('that only lends used connections does not go on for ever', async () => {
    class Lender extends http.Agent {
      addRequest(request: http.ClientRequest): void {
        request.reusedSocket = true;
        request.onSocket(new net.Socket());
      }
    }
    const client = clientOn(node, { baseUrl: 'http://127.0.0.1:9', agent: new Lender(), retry: false });
    expect(await rejection(client.createSession())).toMatchObject({ code: 'connection' });
    await client.close();
  });

  test('that connects without TLS of its own does not make a call go out twice', async () => {
    const server = await start(() => undefined); // Reads, and never answers.
    const { port } = new URL(server.url);
    class Sidecar extends https.Agent {
      override createConnection(): net.Socket {
        return net.connect({ port: Number(port), host: '127.0.0.1' });
      }
    }
    const limits = { timeoutMs: 2_000, attemptTimeoutMs: 400, connectTimeoutMs: 200 };
    const client = clientOn(node, { baseUrl: 'https://vendor.example', agent: new Sidecar(), ...limits });
    expect(await rejection(client.createSession())).toMatchObject({ code: 'timeout', attempts: 1 });
    expect(server.requests).toHaveLength(1);
    await client.close();
  });

  test('that cannot serve https is refused at once', () => {
    expect(() => clientOn(node, { baseUrl: 'https://a.example', agent: new http.Agent() })).toThrow(/https\.Agent/);
  });
});

test('an answer before the whole request was sent leaves no connection behind', async () => {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.once('data', () => {
      socket.pause(); // Reads no further, and answers all the same.
      socket.write(httpAnswer('', 503));
    });
  });
  const client = clientOn(node, { baseUrl: `http://127.0.0.1:${await listen(server)}` });
  const body = { padding: 'x'.repeat(20_000_000) };
  expect(await rejection(client.request('PUT', '/x', { body, idempotent: true }))).toMatchObject({
    code: 'unavailable',
  });
  await client.close();
  for (const socket of sockets) socket.resume(); // So that the server notices.
  await expect.poll(() => sockets.size, { timeout: 5_000 }).toBe(0);
  server.close();
});

test('a polluted prototype leads to no other server', async () => {
  const server = await startGood();
  const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  let elsewhere = 0;
  const other = net.createServer((socket) => {
    elsewhere++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    other.listen(join(folder, 'socket'), resolve);
  });
  const prototype: Record<string, unknown> = Object.prototype as never;
  const client = clientOn(node, { baseUrl: server.url, retry: false });
  Object.defineProperty(prototype, 'path', { value: join(folder, 'socket'), configurable: true, writable: true });
  try {
    await client.createSession({ uniqueIdentifier: 'a' });
  } finally {
    delete prototype['path'];
    other.close();
    rmSync(folder, { recursive: true });
  }
  expect(elsewhere).toBe(0);
  await client.close();
});

test('a polluted prototype leads an agent of the app to no other server', async () => {
  const prototype: Record<string, unknown> = Object.prototype as never;
  const server = await startGood();
  const agent = new http.Agent();
  const client = clientOn(node, { baseUrl: server.url, retry: false, agent });
  prototype['hostname'] = 'evil.invalid';
  let call: Promise<unknown>;
  try {
    call = client.createSession({ uniqueIdentifier: 'a' }); // Dialled before it gives its promise.
  } finally {
    delete prototype['hostname'];
  }
  await call;
  expect(server.requests).toHaveLength(1);
  agent.destroy();
  await client.close();
});

test('a polluted prototype adds no header', async () => {
  const prototype: Record<string, unknown> = Object.prototype as never;
  const polluted = { host: 'evil.example', 'x-evil': '1', extend: 'function () {\n}' };
  const server = await startGood();
  const client = clientOn(node, { baseUrl: server.url, retry: false });
  Object.assign(prototype, polluted);
  let call: Promise<unknown>;
  try {
    call = client.createSession({ uniqueIdentifier: 'a' });
  } finally {
    for (const name of Object.keys(polluted)) delete prototype[name]; // The server would read them too.
  }
  await call;
  expect(Object.keys(server.requests[0]?.headers ?? {})).not.toContain('x-evil');
  expect(server.requests[0]?.headers['host']).toBe(new URL(server.url).host);
  await client.close();
});

describe('a fetch of the app', () => {
  test('may spread the headers to add one', async () => {
    const server = await startGood();
    const client = clientOn(web, {
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
    const read = vi.fn(async (url: string, init: RequestInit) => {
      const response = await fetch(url, init);
      await readBody(response);
      return response;
    });
    const client = clientOn(web, { baseUrl: server.url, fetch: read });
    expect(await rejection(client.createSession({ uniqueIdentifier: 'a' }))).toMatchObject({
      code: 'bad_response',
      message: expect.stringContaining('let it read a clone() instead'),
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
    const client = clientOn(web, { fetch, onAttempt });
    const error = await rejection(client.createSession({ uniqueIdentifier: 'a' }));
    expect(error).toMatchObject({
      code: 'bad_response',
      message: expect.stringContaining('no Response of the web standards'),
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
    const client = clientOn(web, { baseUrl: 'https://vendor.example', fetch: async () => new Response(stream()) });
    expect(await client.request('GET', '/api/v1/anything')).toMatchObject({ name: 'ü€😀', success: true });
    await client.close();
  });

  test('that throws at once or never ends hangs nothing', async () => {
    const throws = clientOn(web, {
      fetch: () => {
        throw new Error('of the app');
      },
    });
    expect(await rejection(throws.createSession())).toMatchObject({ code: 'connection' });
    const endless = clientOn(web, { fetch: () => new Promise(() => undefined), timeoutMs: 100 });
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
    const client = clientOn(web, { fetch: async () => new Response(stream()), timeoutMs: 100 });
    expect(await rejection(client.createSession())).toMatchObject({ code: 'timeout' });
    await client.close();
    await expect.poll(() => cancelled).toBe(true);
  });
});
