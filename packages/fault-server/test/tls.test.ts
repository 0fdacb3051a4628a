import tls from 'node:tls';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { createClient } from '../../core/src/client.ts';
import { readOptions } from '../../core/src/options.ts';
import { platform } from '../../core/src/platform/node.ts';
import { BAD_CERTIFICATE } from '../src/tls/bad-certificate.ts';

/** Trusts the test's certificate, which is for 127.0.0.1; nothing else changes. */
function trustTheTest(): void {
  const { connect } = tls;
  vi.spyOn(tls, 'connect').mockImplementation(((options: tls.ConnectionOptions) =>
    connect({ ...options, ca: BAD_CERTIFICATE.cert })) as typeof connect);
}

test('no variable of the environment makes a certificate trusted that is not', async () => {
  const server = tls.createServer(BAD_CERTIFICATE, (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // Safe: a server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const options = { apiKey: 'key', secretKey: 'secret', baseUrl: `https://127.0.0.1:${port}`, retry: false };
  const client = createClient(platform, readOptions(options, {}));
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
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // Safe: a server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const baseUrl = `https://127.0.0.1:${port}`;
  const data = { sessionId: 's', baseUrl, Token: 't', url: `${baseUrl}/new/t` };
  const body = JSON.stringify({ success: true, data });
  const answer = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;

  trustTheTest();
  const client = createClient(platform, readOptions({ apiKey: 'key', secretKey: 'secret', baseUrl }, {}));
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
