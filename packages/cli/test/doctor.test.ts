import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startFault } from '../../../test/faults/server/fault-server.ts';
import { behaviorNamed } from '../../../test/faults/server/faults.ts';
import { BAD_CERTIFICATE } from '../../../test/faults/server/tls/bad-certificate.ts';
import { listen } from '../../../test/support/listen.ts';
import { serve } from '../../../test/support/serve.ts';
import type { Check } from '../src/doctor/check.ts';
import { checkConnection } from '../src/doctor/connection.ts';
import { checkVersions } from '../src/doctor/versions.ts';
import { EXPIRED_CERTIFICATE } from './support/expired-certificate.ts';
import { runCommand } from './support/run-command.ts';

const SECRET = 'the-secret-key-of-the-doctor';
const KEYS = { FACEVERIFY_API_KEY: 'the-api-key-of-the-doctor', FACEVERIFY_SECRET_KEY: SECRET };
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'faceverify-doctor-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
  vi.restoreAllMocks();
});

/** What is not right, by its name. */
const wrong = (checks: readonly Check[]): string[] =>
  checks
    .filter(({ status }) => status === 'problem' || status === 'note')
    .map(({ name, status }) => `${name}: ${status}`);

async function diagnose(env: Readonly<Record<string, string>>): Promise<Check[]> {
  const words = await runCommand(['doctor'], { env, cwd });
  const { exitCode, out, err } = await runCommand(['doctor', '--json'], { env, cwd });
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Check[] };
  expect(err).toBe('');
  expect([exitCode, words.exitCode]).toEqual(ok ? [0, 0] : [1, 1]);
  for (const { advice = '' } of checks) expect(words.out).toContain(advice);
  for (const value of Object.values(env).filter((each) => each.length > 8)) {
    expect(out + words.out).not.toContain(value);
  }
  return checks;
}

const FAULTS: readonly (readonly [fault: string, step: string, found: RegExp])[] = [
  ['name not found', 'name_lookup', /does not exist|name server does not answer/],
  ['connection refused', 'tcp', /refused \(ECONNREFUSED\)/],
  ['connect hangs (full backlog)', 'tcp', /a firewall may drop/],
  ['TLS: certificate of nobody trusted', 'tls', /nobody trusts it \(DEPTH_ZERO_SELF_SIGNED_CERT\)/],
  ['TLS: handshake stalls', 'tls', /silent during the TLS handshake/],
  ['TLS: handshake dripped', 'tls', /silent during the TLS handshake/],
  ['TLS: reset inside the handshake', 'tls', /the connection is closed/],
  ['TLS: closed inside the handshake', 'tls', /the connection is closed/],
  ['TLS: plain HTTP on its port', 'tls', /does not speak TLS/],
  ['headers stall', 'http', /connected, but silent/],
  ['closed before the headers', 'http', /the connection is closed/],
  ['reset before the headers', 'http', /the connection is closed/],
  ['garbage instead of HTTP', 'http', /does not speak HTTP/],
];

describe('the doctor says where a call fails', () => {
  test.each(FAULTS)('%s: %s', async (name, step, found) => {
    const fault = await startFault(behaviorNamed(name));
    // Time enough for what answers, on a machine with much to do.
    const isSilent = /stalls?$|hangs|dripped/.test(name);
    const checks = await checkConnection(fault.origin, { timeoutMs: isSilent ? 500 : 10_000 });
    const { requests } = fault;
    await fault.stop();
    expect(wrong(checks)).toEqual([`${step}: problem`]);
    const check = checks.find((each) => each.name === step);
    expect(check?.found).toMatch(found);
    expect(check?.advice).toMatch(/\S/);
    // Nothing that is signed was sent.
    for (const { head } of requests) expect(head).not.toMatch(/x-hmac-signature|x-auth-client/i);
  });

  test('a certificate that has expired', async () => {
    const { connect } = tls;
    vi.spyOn(tls, 'connect').mockImplementation(((options: tls.ConnectionOptions) =>
      connect({ ...options, ca: EXPIRED_CERTIFICATE.cert })) as typeof connect);
    const server = https.createServer(EXPIRED_CERTIFICATE);
    const checks = await checkConnection(`https://127.0.0.1:${await listen(server)}`);
    server.close();
    expect(wrong(checks)).toEqual(['tls: problem']);
    expect(checks.find(({ name }) => name === 'tls')?.found).toBe('the certificate has expired (CERT_HAS_EXPIRED)');
  });

  test('a certificate for another host', async () => {
    const { connect } = tls;
    vi.spyOn(tls, 'connect').mockImplementation(((options: tls.ConnectionOptions) =>
      connect({ ...options, ca: BAD_CERTIFICATE.cert })) as typeof connect);
    const server = https.createServer(BAD_CERTIFICATE);
    const checks = await checkConnection(`https://127.0.0.2:${await listenOnAll(server)}`);
    server.close();
    expect(checks.find(({ name }) => name === 'tls')?.found).toContain('for another host');
  });

  test.each([
    [-7, 'behind', '7 minutes'],
    [90, 'ahead of', '90 minutes'],
    [60 * 24, 'ahead of', '24 hours'],
  ])('a clock that is %i minutes off', async (minutes, direction, amount) => {
    const { url, close } = await serveWithDate(Date.now() - minutes * 60_000);
    const checks = await diagnose({ ...KEYS, FACEVERIFY_BASE_URL: url });
    await close();
    expect(wrong(checks)).toEqual(['clock: problem']);
    expect(checks.at(-1)?.found).toBe(`this machine's clock is ${amount} ${direction} the server's`);
  });
});

function listenOnAll(server: https.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.2', () => resolve((server.address() as { port: number }).port)); // Safe: it listens on a port.
  });
}

function serveWithDate(time: number) {
  const listener: RequestListener = (request, response) => {
    expect(Object.keys(request.headers).join()).not.toMatch(/x-hmac|x-auth/);
    response.setHeader('date', new Date(time).toUTCString());
    response.end();
  };
  return serve(listener);
}

describe('the doctor looks at the environment', () => {
  let server: ReturnType<typeof createServer>;
  let env: Record<string, string>;
  beforeEach(async () => {
    server = createServer((_request, response) => response.end());
    env = { ...KEYS, FACEVERIFY_BASE_URL: `http://127.0.0.1:${await listen(server)}` };
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test('nothing is wrong', async () => {
    const checks = await diagnose(env);
    expect(wrong(checks)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      'node',
      'api_key',
      'secret_key',
      'base_url',
      'name_lookup',
      'tcp',
      'tls',
      'http',
      'clock',
    ]);
  });

  test.each<[string, Record<string, string>, string[], RegExp]>([
    ['an empty API key', { FACEVERIFY_API_KEY: '' }, ['api_key: problem'], /export FACEVERIFY_API_KEY=/],
    ['a secret in quotes', { FACEVERIFY_SECRET_KEY: `"${SECRET}"` }, ['secret_key: problem'], /Remove them/],
    ['the name of a variable', { FACEVERIFY_SECRET_KEY: '${SECRET_OF_IT}' }, ['secret_key: problem'], /Pass its value/],
    ['a secret with a line end', { FACEVERIFY_SECRET_KEY: `${SECRET}\n` }, ['secret_key: problem'], /text\.trim/],
    ['the same key twice', { FACEVERIFY_API_KEY: SECRET }, ['same_keys: problem'], /to its own variable/],
    [
      'a base URL with a path',
      { FACEVERIFY_BASE_URL: 'https://start.faceverify.ai/api' },
      ['base_url: problem'],
      /without a path/,
    ],
    [
      'http elsewhere',
      { FACEVERIFY_BASE_URL: `http://${'x'.repeat(64)}.invalid` },
      ['base_url: note', 'name_lookup: problem'],
      /allowHttp/,
    ],
    ['a wrong name', { FACEVERIFY_SECRET: SECRET }, ['unknown_variable: note'], /FACEVERIFY_SECRET_KEY, rename it/],
    [
      'a name of a framework',
      { NEXT_PUBLIC_FACEVERIFY_API_KEY: 'a-key-of-mine' },
      ['unknown_variable: note'],
      /rename it/,
    ],
    [
      'a proxy',
      { HTTPS_PROXY: 'http://user:password@proxy:8080', http_proxy: 'http://proxy2' },
      ['proxy: note'],
      /NODE_USE_ENV_PROXY=1/,
    ],
    [
      'certificates that are not there',
      { NODE_EXTRA_CA_CERTS: '/no/such/file.pem' },
      ['extra_certificates: problem'],
      /Correct its path/,
    ],
    ['no check of certificates', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, ['tls_variable: note'], /Remove it/],
  ])('%s', async (_what, changed, names, advice) => {
    const checks = await diagnose({ ...env, ...changed });
    expect(wrong(checks)).toEqual(names);
    expect(checks.map((check) => check.advice).join('\n')).toMatch(advice);
  });

  test('keys that are in .env alone', async () => {
    writeFileSync(join(cwd, '.env'), `FACEVERIFY_API_KEY=a\nexport FACEVERIFY_SECRET_KEY="${SECRET}"\n`);
    const checks = await diagnose({ FACEVERIFY_BASE_URL: env['FACEVERIFY_BASE_URL'] ?? '' });
    expect(wrong(checks)).toEqual(['api_key: problem', 'secret_key: problem']);
    expect(checks.find(({ name }) => name === 'secret_key')?.advice).toContain('--env-file=.env');
  });
});

describe('the doctor looks at versions', () => {
  const pack = (path: string, name: string, version: string, dependencies: Record<string, string> = {}): string => {
    const folder = join(cwd, path, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, dependencies }));
    return folder;
  };
  const CORE = '@faceverify/core';

  test.each<[string, (() => void) | undefined, RegExp | undefined]>([
    ['none installed', undefined, undefined],
    [
      'the same',
      () => (
        pack('node_modules', CORE, '0.2.0'),
        pack('node_modules', '@faceverify/koa', '0.2.0', { [CORE]: '0.2.0' })
      ),
      undefined,
    ],
    [
      'a caret',
      () => (
        pack('node_modules', CORE, '0.2.3'),
        pack('node_modules', '@faceverify/koa', '0.2.0', { [CORE]: '^0.2.1' })
      ),
      undefined,
    ],
    [
      'another core',
      () => (
        pack('node_modules', CORE, '0.1.0'),
        pack('node_modules', '@faceverify/koa', '0.2.0', { [CORE]: '0.2.0' })
      ),
      /koa 0\.2\.0 needs @faceverify\/core 0\.2\.0, but 0\.1\.0 is installed[^]*npm install @faceverify\/core@0\.2\.0 @faceverify\/koa@0\.2\.0/,
    ],
    [
      'a caret that is passed',
      () => (
        pack('node_modules', CORE, '0.3.0'),
        pack('node_modules', '@faceverify/koa', '0.2.0', { [CORE]: '^0.2.1' })
      ),
      /needs/,
    ],
    ['no core', () => pack('node_modules', '@faceverify/koa', '0.2.0', { [CORE]: '0.2.0' }), /which is not installed/],
    [
      'two cores',
      () => {
        pack('node_modules', CORE, '0.2.0');
        pack('node_modules', '@faceverify/koa', '0.2.0', { [CORE]: '0.2.0' });
        pack('node_modules', '@faceverify/hono', '0.1.0', { [CORE]: '0.1.0' });
        pack('node_modules/@faceverify/hono/node_modules', CORE, '0.1.0');
      },
      /several versions of @faceverify\/core: 0\.2\.0, 0\.1\.0|several versions of @faceverify\/core: 0\.1\.0, 0\.2\.0/,
    ],
    [
      'linked packages, as pnpm has them',
      () => {
        const real = pack('node_modules/.store/koa/node_modules', '@faceverify/koa', '0.2.0', { [CORE]: '0.2.0' });
        pack('node_modules/.store/koa/node_modules', CORE, '0.2.0');
        mkdirSync(join(cwd, 'node_modules/@faceverify'), { recursive: true });
        symlinkSync(real, join(cwd, 'node_modules/@faceverify/koa'));
      },
      undefined,
    ],
  ])('%s', (_what, prepare, found) => {
    prepare?.();
    const inner = join(cwd, 'src', 'deep');
    mkdirSync(inner, { recursive: true });
    const [, packages] = checkVersions(inner);
    if (found === undefined) expect(packages?.status ?? 'ok').toBe('ok');
    else {
      expect(`${packages?.status} ${packages?.found} ${packages?.advice}`).toMatch(
        new RegExp(`^problem [^]*(?:${found.source})`),
      );
    }
  });

  test.each([
    ['20.19.0', 'ok'],
    ['20.18.3', 'problem'],
    ['18.20.0', 'problem'],
    ['26.1.0', 'ok'],
  ])('Node %s: %s', (version, status) => {
    expect(checkVersions(dirname(cwd), version)[0]?.status).toBe(status);
  });
});
