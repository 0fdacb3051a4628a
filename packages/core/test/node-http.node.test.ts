import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import tls from 'node:tls';
import { join } from 'node:path';
import { mock } from 'node:test';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BAD_CERTIFICATE } from '../../../test/faults/server/tls/bad-certificate.ts';
import { listen } from '../../../test/support/listen.ts';
import { createFaceVerify } from '../src/client.ts';
import { clientOf, rejection } from './client-of.ts';
import { documentedAnswer, httpAnswer, type RawServer, startRawServer } from './raw-server.ts';

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
  const client = clientOf({ baseUrl: server.url });
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
  const client = clientOf({ baseUrl: server.url });
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
  const loaded = await import('./client-of.ts').finally(() => mock.timers.reset());
  const client = loaded.clientOf({ baseUrl: server.url, retry: false, timeoutMs: 2_000 });
  await expect(client.createSession({ uniqueIdentifier: 'a' })).resolves.toHaveProperty('sessionId', 'session123');
  await client.close();
});

test('a server that names a short limit once is not held to it for good', async () => {
  const server = await start((_request, socket, index) => {
    const limit = index === 1 ? { 'keep-alive': 'timeout=1' } : {};
    socket.write(httpAnswer(documentedAnswer(server.url), 200, limit));
  });
  const client = clientOf({ baseUrl: server.url });
  for (let call = 0; call < 5; call++) await client.createSession({ uniqueIdentifier: 'a' });
  expect(server.connections()).toBe(2);
  await client.close();
});

test('an address that cannot be dialled at all is dialled again without an identifier too', async () => {
  const client = clientOf({ baseUrl: 'http://255.255.255.255', allowHttp: true });
  expect(await rejection(client.createSession())).toMatchObject({ code: 'connection', attempts: 3 });
  await client.close();
});

test('an agent whose connection throws fails the call and no more', async () => {
  class Broken extends http.Agent {
    override createConnection(): never {
      throw Object.assign(new Error('of the runtime'), { code: 'ECONNECT' });
    }
  }
  const client = clientOf({ baseUrl: 'http://127.0.0.1:9', agent: new Broken() });
  expect(await rejection(client.createSession({ uniqueIdentifier: 'a' }))).toMatchObject({
    code: 'connection',
    attempts: 3,
    message: expect.stringContaining('ECONNECT'),
  });
  await client.close();
});

test('a mock or tracer that makes connecting throw fails the call at once, with its error', async () => {
  const client = clientOf({ baseUrl: 'http://127.0.0.1:9', retry: false });
  for (const [error, message] of [
    [Object.assign(new Error('of a mock'), { code: 'EMOCK' }), 'EMOCK'],
    [new TypeError('of a tracer'), 'a TypeError'],
  ] as const) {
    vi.spyOn(net.Socket.prototype, 'connect').mockImplementationOnce(() => {
      throw error;
    });
    expect(await rejection(client.createSession())).toMatchObject({
      code: 'connection',
      message: expect.stringContaining(message),
    });
  }
  await client.close();
});

describe('an agent of the app', () => {
  test('that passes on the answer of a proxy without TLS is not believed', async () => {
    const baseUrl = 'https://127.0.0.1:9';
    // As agents for proxies do where a proxy does not answer CONNECT with 200.
    class Replaying extends https.Agent {
      override createConnection(): net.Socket {
        const socket = new net.Socket({ writable: false });
        setImmediate(() => {
          socket.push(`HTTP/1.1 100 Continue\r\n\r\n${httpAnswer(documentedAnswer(baseUrl))}`);
          socket.push(null);
        });
        return socket;
      }
    }
    const client = clientOf({ baseUrl, agent: new Replaying(), retry: false });
    for (const params of [{}, { uniqueIdentifier: 'a' }]) {
      expect(await rejection(client.createSession(params))).toMatchObject({
        code: 'connection',
        upstreamStatus: undefined,
        message: expect.stringContaining('The proxy of the agent option answered with status 200'),
      });
    }
    await client.close();
  });

  test('that never gives a connection hangs nothing', async () => {
    class Busy extends http.Agent {
      addRequest(): void {}
    }
    const client = clientOf({ baseUrl: 'http://127.0.0.1:9', agent: new Busy(), timeoutMs: 300, retry: false });
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
    const client = clientOf({ baseUrl: 'http://127.0.0.1:9', agent: new Broken() });
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
    const client = clientOf({ baseUrl: 'http://127.0.0.1:9', agent: new Lender(), retry: false });
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
    const client = clientOf({ baseUrl: 'https://vendor.example', agent: new Sidecar(), ...limits });
    expect(await rejection(client.createSession())).toMatchObject({ code: 'timeout', attempts: 1 });
    expect(server.requests).toHaveLength(1);
    await client.close();
  });

  test('that cannot serve https is refused at once', () => {
    expect(() => clientOf({ baseUrl: 'https://a.example', agent: new http.Agent() })).toThrow(/https\.Agent/);
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
  const client = clientOf({ baseUrl: `http://127.0.0.1:${await listen(server)}` });
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
  const client = clientOf({ baseUrl: server.url, retry: false });
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
  const client = clientOf({ baseUrl: server.url, retry: false, agent });
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
  const client = clientOf({ baseUrl: server.url, retry: false });
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

test('keeps connections for known persons and opens one for nobody', async () => {
  const server = await startGood();
  const client = clientOf({ baseUrl: server.url });
  for (let i = 0; i < 3; i++) await client.createSession({ uniqueIdentifier: 'a' });
  expect(server.connections()).toBe(1);
  for (let i = 0; i < 3; i++) await client.createSession();
  expect(server.connections()).toBe(4);
  expect(server.requests.map(({ headers }) => headers['connection'])).toEqual([
    ...Array.from({ length: 3 }, () => 'keep-alive'),
    ...Array.from({ length: 3 }, () => 'close'),
  ]);
  await client.close();
});

test('with an agent that lends used connections, a session of nobody still gets its own', async () => {
  const server = await startGood();
  const agent = new http.Agent({ keepAlive: true });
  const client = clientOf({ baseUrl: server.url, agent });
  await client.createSession({ uniqueIdentifier: 'a' });
  await client.createSession();
  expect(server.connections()).toBe(2);
  expect(server.requests).toHaveLength(2);
  await client.close();
  agent.destroy();
});

test('an error of an agent of the app that is no network error names the option', async () => {
  class Broken extends http.Agent {
    override createConnection(): never {
      throw new RangeError('a bug of the app');
    }
  }
  const client = clientOf({ baseUrl: 'http://127.0.0.1:9', agent: new Broken(), retry: false });
  const error = await rejection(client.createSession());
  expect(error).toMatchObject({
    code: 'connection',
    message: expect.stringContaining('The agent option failed with a RangeError'),
  });
  expect(String(error)).not.toContain('a bug of the app');
  await client.close();
});

describe('in other runtimes', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test('under Deno, which repeats a POST by itself, every call has a connection of its own', async () => {
    const server = await startGood();
    vi.stubGlobal('Deno', { permissions: { querySync: () => ({ state: 'granted' }) } });
    vi.resetModules();
    const { clientOf: clientUnderDeno } = await import('./client-of.ts');
    const client = clientUnderDeno({ baseUrl: server.url });
    for (let call = 0; call < 3; call++) await client.createSession({ uniqueIdentifier: 'a' });
    expect(server.connections()).toBe(3);
    expect(server.requests.map(({ headers }) => headers['connection'])).toEqual(['close', 'close', 'close']);
    await client.close();
  });

  test('under Deno, a variable that is not granted is unset, and the user is not asked', () => {
    vi.stubEnv('FACEVERIFY_API_KEY', 'key');
    vi.stubEnv('FACEVERIFY_SECRET_KEY', 'secret');
    const querySync = vi.fn(({ variable }: { variable: string }) => ({
      state: variable === 'FACEVERIFY_SECRET_KEY' ? 'prompt' : 'granted',
    }));
    vi.stubGlobal('Deno', { permissions: { querySync } });
    expect(() => createFaceVerify()).toThrow(/^secretKey is missing. Set FACEVERIFY_SECRET_KEY/);
    expect(querySync).toHaveBeenCalledWith({ name: 'env', variable: 'FACEVERIFY_BASE_URL' });
  });

  test('a Node that is too old is told which one is needed', async () => {
    vi.resetModules();
    const { getBuiltinModule } = process;
    Object.defineProperty(process, 'getBuiltinModule', { value: undefined, configurable: true, writable: true });
    try {
      await expect(import('./client-of.ts')).rejects.toThrow(/needs Node 20\.19 or later/);
    } finally {
      Object.defineProperty(process, 'getBuiltinModule', {
        value: getBuiltinModule,
        configurable: true,
        writable: true,
      });
    }
  });

  test('an environment without crypto.subtle is told what to do', async () => {
    const { hmacSha256 } = await import('../src/platform/web.ts');
    vi.stubGlobal('crypto', {});
    const signature = Promise.resolve(hmacSha256('secret')('', ''));
    await expect(signature).rejects.toThrow(/crypto\.subtle.*@jest-environment node/);
  });
});

describe('what others do wrong does not hang a call, nor send it twice:', () => {
  const limits = { timeoutMs: 2_000, attemptTimeoutMs: 400, connectTimeoutMs: 150 };

  test('a TLSSocket that was made by hand, which does not say that it is connected', async () => {
    const server = tls.createServer(BAD_CERTIFICATE, (socket) => {
      socket.on('error', () => undefined).on('data', () => requests++); // It never answers.
    });
    let requests = 0;
    const port = await listen(server);
    class ByHand extends https.Agent {
      override createConnection(): net.Socket {
        return new tls.TLSSocket(net.connect(port, '127.0.0.1'), { rejectUnauthorized: false });
      }
    }
    const client = clientOf({ baseUrl: `https://127.0.0.1:${port}`, agent: new ByHand(), ...limits });
    expect(await rejection(client.createSession())).toMatchObject({ code: 'timeout', attempts: 1 });
    expect(requests).toBe(1);
    await client.close();
    server.close();
  });

  test('a socket whose destroy() throws', async () => {
    const server = await start(() => undefined);
    class Stubborn extends http.Agent {
      override createConnection(): net.Socket {
        const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1');
        const destroy = socket.destroy.bind(socket);
        socket.destroy = () => {
          destroy();
          throw new Error('of the socket');
        };
        return socket;
      }
    }
    const client = clientOf({ baseUrl: server.url, agent: new Stubborn(), retry: false, timeoutMs: 200 });
    expect(await rejection(client.createSession())).toMatchObject({ code: 'timeout' });
    await client.close();
  });

  test.each(['addEventListener', 'removeEventListener'] as const)('a signal whose %s throws', async (method) => {
    const server = await start(() => undefined);
    const { signal } = new AbortController();
    Object.defineProperty(signal, method, {
      value: () => {
        throw new Error('of the signal');
      },
    });
    const client = clientOf({ baseUrl: server.url, retry: false, timeoutMs: 200 });
    expect(await rejection(client.createSession({}, { signal }))).toMatchObject({ code: 'timeout' });
    await client.close();
  });

  test('fake timers that replace queueMicrotask', async () => {
    const server = await start(() => undefined);
    const client = clientOf({ baseUrl: server.url });
    const controller = new AbortController();
    vi.useFakeTimers({ toFake: ['queueMicrotask'] });
    try {
      const call = rejection(client.createSession({}, { signal: controller.signal }));
      setTimeout(() => controller.abort(), 30);
      expect(await call).toMatchObject({ code: 'aborted' });
    } finally {
      vi.useRealTimers();
    }
    await client.close();
  });

  test('an app that limits the sockets of all agents', async () => {
    const server = await start((_request, socket) => {
      setTimeout(() => socket.write(httpAnswer(documentedAnswer(server.url))), 100);
    });
    const { defaultMaxSockets } = http.Agent as unknown as { defaultMaxSockets: number };
    Object.assign(http.Agent, { defaultMaxSockets: 2 });
    try {
      const client = clientOf({ baseUrl: server.url, timeoutMs: 1_000, retry: false });
      const calls = Array.from({ length: 30 }, () => client.createSession({ uniqueIdentifier: 'a' }));
      expect(await Promise.all(calls)).toHaveLength(30);
      await client.close();
    } finally {
      Object.assign(http.Agent, { defaultMaxSockets });
    }
  });

  test('a global named Deno that is not Deno', () => {
    for (const Deno of [{}, { permissions: {} }, { permissions: null }]) {
      vi.stubGlobal('Deno', Deno);
      expect(() => clientOf({ baseUrl: 'http://127.0.0.1:9' })).not.toThrow();
    }
    vi.unstubAllGlobals();
  });
});
