import tls from 'node:tls';
import { createFaceVerify } from '@faceverify/core';
import { expect, test, vi } from 'vitest';
import { listen } from '../support/listen.ts';
import { BAD_CERTIFICATE } from './server/tls/bad-certificate.ts';

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

test('a TLS session is resumed, and forgotten once a server refuses to talk after it', async () => {
  const resumed: boolean[] = [];
  const server = tls.createServer(BAD_CERTIFICATE, (socket) => {
    socket.on('error', () => undefined);
    resumed.push(socket.isSessionReused());
    // The second connection is resumed, and reset: as a balancer does whose servers share no keys.
    if (resumed.length === 2) socket.destroy();
    else socket.once('data', () => socket.end(answer));
  });
  server.on('tlsClientError', () => undefined);
  const baseUrl = `https://127.0.0.1:${await listen(server)}`;
  const data = { sessionId: 's', baseUrl, Token: 't', url: `${baseUrl}/new/t` };
  const body = JSON.stringify({ success: true, data });
  const answer = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;

  trustTheTest();
  const client = createFaceVerify({ apiKey: 'key', secretKey: 'secret', baseUrl });
  const outcomes: unknown[] = [];
  for (let i = 0; i < 3; i++) {
    const outcome = client.createSession().then(
      () => 'ok',
      (error: unknown) => Object(error).code,
    );
    outcomes.push(await outcome);
  }
  expect(outcomes).toEqual(['ok', 'connection', 'ok']);
  expect(resumed).toEqual([false, true, false]);
  await client.close();
  server.close();
  vi.restoreAllMocks();
});
