import { createEmulator, type EmulatorOptions, type ListenOptions } from '@faceverify/emulator';
import { describe, expect, test } from 'vitest';
import { hasForeignHost } from '../src/host-check.ts';
import { sendByFetch, sendBySocket, signedRequest, type WireAnswer } from './signed-request.ts';

const LOOPBACK_HOSTS = ['localhost', 'LOCALHOST', 'app.localhost', 'a.b.localhost', '127.0.0.1', '127.1.2.3', '[::1]'];
const FOREIGN_HOSTS = [
  'rebound.example',
  'localhost.example',
  'notlocalhost',
  'localhost.',
  '127.0.0.1.example',
  '127.0.0.1.nip.io',
  '10.0.0.1',
  '0.0.0.0',
  '128.0.0.1',
  '[::2]',
  'host.docker.internal',
];

/** Sends a request for each of the hosts, to the API or for a page, with and without a port. */
async function statuses(hosts: readonly string[], options: EmulatorOptions = {}, where: ListenOptions = {}) {
  const { port, close } = await createEmulator(options).listen(where);
  const send = sendBySocket(port);
  const found = new Set<number>();
  for (const host of hosts.flatMap((name) => [name, `${name}:${port}`, `${name}:1`])) {
    const request = signedRequest();
    found.add((await send({ ...request, headers: { ...request.headers, host } })).status);
    found.add((await send({ method: 'GET', target: '/', headers: { host }, body: Buffer.of() })).status);
  }
  await close();
  return [...found];
}

describe('while the emulator listens on loopback only', () => {
  test.each(LOOPBACK_HOSTS)('the host %s is answered', async (host) => {
    expect(await statuses([host])).toEqual([200]);
  });

  test.each(FOREIGN_HOSTS)('the host %s gets 403', async (host) => {
    expect(await statuses([host])).toEqual([403]);
  });

  test('the host of publicUrl is answered, on any port, and no other', async () => {
    const options = { publicUrl: 'https://tunnel.example' };
    expect(await statuses(['tunnel.example', 'Tunnel.Example', 'localhost'], options)).toEqual([200]);
    expect(await statuses(['a.tunnel.example', 'tunnel.example.org'], options)).toEqual([403]);
  });

  test('its own URL is answered, also if it listens on a name', async () => {
    const { url, close } = await createEmulator().listen({ hostname: 'localhost' });
    expect((await fetch(url)).status).toBe(200);
    await close();
  });

  test('the host of an absolute URL, as sent to a proxy, counts', async () => {
    const { port, close } = await createEmulator().listen();
    const request = signedRequest();
    const target = `http://rebound.example${request.target}`;
    expect((await sendBySocket(port)({ ...request, target })).status).toBe(403);
    await close();
  });
});

describe('a refused host', () => {
  const refused = async (emulator = createEmulator(), headers: Record<string, string> = {}): Promise<WireAnswer> => {
    const { port, close } = await emulator.listen();
    const request = signedRequest();
    const answer = await sendBySocket(port)({
      ...request,
      headers: { ...request.headers, host: 'rebound.example', ...headers },
    });
    await close();
    return answer;
  };

  test('gets a message that says what to do', async () => {
    const message = expect.stringMatching(/localhost or 127\.0\.0\.1.*--public-url.*publicUrl.*0\.0\.0\.0/) as unknown;
    expect(JSON.parse((await refused()).text)).toEqual({ success: false, code: 'foreign_host', message });
  });

  test('gets a page that says what to do, without the name that was used', async () => {
    const { port, close } = await createEmulator().listen();
    const headers = { host: 'rebound.example', accept: 'text/html' };
    const answer = await sendBySocket(port)({ method: 'GET', target: '/new/token', headers, body: Buffer.of() });
    await close();
    expect(answer.status).toBe(403);
    expect(answer.text).toMatch(/<h1>This host name is not allowed<\/h1>[^]*--public-url/);
    expect(answer.text).not.toContain('rebound.example');
  });

  test('is in the log, creates no session and takes no fault', async () => {
    const emulator = createEmulator();
    emulator.failNext({ status: 200, body: 'fault' });
    emulator.failFor('user123', { status: 200, body: 'fault' });
    expect((await refused(emulator)).status).toBe(403);
    expect(emulator.received).toMatchObject([{ accepted: false, refusal: { code: 'foreign_host', status: 403 } }]);
    expect(emulator.sessions).toEqual([]);
    expect((await sendByFetch(emulator)(signedRequest())).text).toBe('fault');
  });

  test('cannot choose an outcome', async () => {
    const emulator = createEmulator();
    await sendByFetch(emulator)(signedRequest());
    const { port, close } = await emulator.listen();
    const target = `/new/${emulator.sessions[0]?.token}`;
    const body = Buffer.from('outcome=passed');
    expect((await sendBySocket(port)({ method: 'POST', target, headers: { host: 'a.example' }, body })).status).toBe(
      403,
    );
    await close();
    expect(emulator.sessions).toMatchObject([{ outcome: undefined }]);
  });
});

describe('any host is answered', () => {
  test('if the emulator listens on all addresses, as in a container', async () => {
    expect(await statuses([...FOREIGN_HOSTS, 'localhost'], {}, { hostname: '0.0.0.0' })).toEqual([200]);
  });

  test('by fetch', async () => {
    const emulator = createEmulator();
    expect((await sendByFetch(emulator, 'http://rebound.example')(signedRequest())).status).toBe(200);
    expect((await emulator.fetch('http://rebound.example/')).status).toBe(200);
  });

  test.each(['192.0.2.1', '::', '::ffff:192.0.2.1', '2001:db8::1'])('if the server is bound to %s', (address) => {
    expect(hasForeignHost('http://rebound.example/', address, [])).toBe(false);
  });
});

test.each([
  ['::1', 'http://rebound.example/', true],
  ['::ffff:127.0.0.1', 'http://rebound.example/', true],
  ['127.0.1.1', 'http://rebound.example/', true],
  // A name of this machine that was given to listen(), as in /etc/hosts.
  ['127.0.1.1', 'http://mybox:4400/', false],
  ['127.0.0.1', 'http://127.1:4400/', false],
  ['127.0.0.1', 'http://localhost@rebound.example/', true],
])('bound to %s, %s is foreign: %s', (address, requestUrl, expected) => {
  expect(hasForeignHost(requestUrl, address, ['http://mybox:4400'])).toBe(expected);
});

test.each(['999.999.999.999:4400', 'a b', ''])('the unreadable host %j gets 400', async (host) => {
  const { port, close } = await createEmulator().listen();
  const answer = await sendBySocket(port)({ method: 'GET', target: '/', headers: { host }, body: Buffer.of() });
  await close();
  expect(answer.status).toBe(400);
});
