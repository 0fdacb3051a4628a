import { once } from 'node:events';
import tls from 'node:tls';
import { Worker } from 'node:worker_threads';
import { createFaceVerify } from '@faceverify/core';
import { afterEach, expect, test, vi } from 'vitest';
import { listen } from '../support/listen.ts';
import { BAD_CERTIFICATE } from './server/tls/bad-certificate.ts';

afterEach(() => vi.restoreAllMocks());

/** Trusts the test's certificate, which is for 127.0.0.1; nothing else changes. */
function trustTheTest(): void {
  const { connect } = tls;
  vi.spyOn(tls, 'connect').mockImplementation(((options: tls.ConnectionOptions) =>
    connect({ ...options, ca: BAD_CERTIFICATE.cert })) as typeof connect);
}

test('no variable of the environment makes a certificate trusted that is not', async () => {
  const server = tls.createServer(BAD_CERTIFICATE, (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const baseUrl = `https://127.0.0.1:${port}`;
  const client = createFaceVerify({ apiKey: 'key', secretKey: 'secret', baseUrl, retry: false });
  const error = await client.createSession().catch((reason: unknown) => reason);
  vi.unstubAllEnvs();
  expect(error).toMatchObject({ code: 'connection', message: expect.stringContaining('SELF_SIGNED_CERT') });
  await client.close();
  server.close();
});

test('no TLS session is resumed: a server that has come to refuse one would refuse every call', async () => {
  const resumed: boolean[] = [];
  const server = tls.createServer(BAD_CERTIFICATE, (socket) => {
    resumed.push(socket.isSessionReused());
    socket.on('error', () => undefined).once('data', () => socket.end(answer));
  });
  const baseUrl = `https://127.0.0.1:${await listen(server)}`;
  const data = { sessionId: 's', baseUrl, Token: 't', url: `${baseUrl}/new/t` };
  const body = JSON.stringify({ success: true, data });
  const answer = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;

  trustTheTest();
  const client = createFaceVerify({ apiKey: 'key', secretKey: 'secret', baseUrl });
  for (let i = 0; i < 3; i++) await client.createSession();
  expect(resumed).toEqual([false, false, false]);
  await client.close();
  server.close();
});

/** An https server with an event loop of its own, as in production: in one process with its client it answers too late. */
const SERVER = `
  const { createServer } = require('node:https');
  const { parentPort, workerData } = require('node:worker_threads');
  let connections = 0;
  const server = createServer(workerData, (request, response) => {
    request.resume().once('end', () => response.end(body));
  });
  server.on('secureConnection', () => connections++);
  let body;
  server.listen(0, '127.0.0.1', () => {
    const baseUrl = 'https://127.0.0.1:' + server.address().port;
    const data = { sessionId: 's', baseUrl, Token: 't', url: baseUrl + '/new/t' };
    body = JSON.stringify({ success: true, data });
    parentPort.postMessage(baseUrl);
  });
  parentPort.on('message', () => parentPort.postMessage(connections));
`;

test.each([1, 32, 256])('3,000 warm calls over TLS, %i in flight, open no connection', async (inFlight) => {
  const server = new Worker(SERVER, { eval: true, workerData: { ...BAD_CERTIFICATE } });
  // Safe: the server above sends its origin first, and then a number for each question.
  const [baseUrl] = (await once(server, 'message')) as [string];
  const connections = async (): Promise<number> => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker thread has no origin.
    server.postMessage('connections');
    const [count] = (await once(server, 'message')) as [number];
    return count;
  };

  trustTheTest();
  const client = createFaceVerify({ apiKey: 'key', secretKey: 'secret', baseUrl });
  const run = async (calls: number): Promise<void> => {
    let left = calls;
    const lane = async (): Promise<void> => {
      while (left-- > 0) await client.createSession({ uniqueIdentifier: 'user123' });
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
  };
  await run(inFlight);
  const warm = await connections();
  await run(3_000);
  expect((await connections()) - warm).toBe(0);
  await client.close();
  await server.terminate();
});
