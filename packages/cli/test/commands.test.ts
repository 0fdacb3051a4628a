import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyRequest } from '@faceverify/core';
import { createEmulator, type Listening } from '@faceverify/emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/commands.ts';
import { readRequest } from '../src/explain/read-request.ts';
import { runCommand } from './support/run-command.ts';

const emulator = createEmulator({ clients: { 'emulator-api-key': "emulator-secret-key'&<>" } });
const { apiKey, secretKey } = emulator;
const KEYS = { FACEVERIFY_API_KEY: apiKey, FACEVERIFY_SECRET_KEY: secretKey };
const URL_OF_CALL = 'https://start.faceverify.ai/api/v1/session';
const folder = mkdtempSync(join(tmpdir(), 'faceverify-cli-'));
let listening: Listening;

beforeAll(async () => {
  listening = await emulator.listen();
});
afterAll(async () => {
  await listening.close();
  rmSync(folder, { recursive: true });
});

describe('faceverify', () => {
  test('shows its commands, its version, and the help of each with examples', async () => {
    const { exitCode, out } = await runCommand(['--help']);
    expect(exitCode).toBe(0);
    for (const [name, { examples }] of Object.entries(COMMANDS)) {
      expect(out).toContain(`  ${name} `);
      const help = await runCommand([name, '--help']);
      expect(help).toMatchObject({ exitCode: 0, err: '', out: (await runCommand(['help', name])).out });
      expect(help.out).toMatch(new RegExp(`^Usage: faceverify ${name}`));
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(help.out).toContain(`  faceverify ${example}\n`);
    }
    expect((await runCommand(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('says what to type', async () => {
    expect(await runCommand([])).toMatchObject({ exitCode: 2, out: '' });
    const near = await runCommand(['explan']);
    expect(near).toMatchObject({ exitCode: 2, err: 'There is no such command. Did you mean: faceverify explain\n' });
    expect((await runCommand(['xyz'])).err).toContain('Type: faceverify --help');
    expect((await runCommand(['constructor'])).exitCode).toBe(2);
    expect((await runCommand(['sign', 'POST'])).err).toContain('It needs METHOD URL');
    // Under npx the name alone would run another package.
    const npx = await runCommand(['sign'], { env: { npm_command: 'exec' } });
    expect(npx.err).toContain('type: npx @faceverify/cli sign --help');
    const stdin = 'curl https://a.example -d @body.json';
    const file = await runCommand(['explain', '-'], { env: { npm_command: 'exec' }, stdin });
    expect(file.err).toContain('npx @faceverify/cli explain --body FILE');
  });

  test('has colours on a terminal alone, and not with NO_COLOR', async () => {
    const ESCAPE = '\u001b[';
    expect((await runCommand(['--help'], { isTerminal: true })).out).toContain(ESCAPE);
    expect((await runCommand(['--help'], { isTerminal: true, env: { NO_COLOR: '1' } })).out).not.toContain(ESCAPE);
    expect((await runCommand(['--help'])).out).not.toContain(ESCAPE);
  });
});

describe('sign', () => {
  test('prints headers that are right, as lines, as JSON and as a curl command', async () => {
    const body = '{"uniqueIdentifier":"Zoë\'s\n\u001b[31m"}';
    const file = join(folder, 'body.json');
    writeFileSync(file, body);
    const args = ['sign', 'post', `${URL_OF_CALL}?a=%7B1%7D`, '--body'];
    const lines = await runCommand([...args, file], { env: KEYS });
    const headers = Object.fromEntries(
      lines.out
        .trim()
        .split('\n')
        .map((line) => line.split(': ')),
    );
    const request = { method: 'POST', url: `${URL_OF_CALL}?a=%7B1%7D`, body, apiKey, secretKey };
    expect(await verifyRequest({ ...request, signature: headers['x-hmac-signature'] })).toBe(true);

    const json = await runCommand([...args, '-', '--json'], { env: KEYS, stdin: body });
    expect(JSON.parse(json.out)).toEqual({ headers });
    const curl = await runCommand([...args, '-', '--curl'], { env: KEYS, stdin: body });
    expect(curl.out).not.toMatch(/(?!\n)\p{Cc}/u);
    const read = readRequest(Buffer.from(curl.out));
    expect({ ...read, body: Buffer.from(read.body).toString() }).toEqual({
      method: 'POST',
      url: request.url,
      headers: Object.entries(headers),
      body,
    });
  });

  test('leaves a body that no argument can hold in its file', async () => {
    for (const body of ['a\0b', 'x'.repeat(20_000)]) {
      const file = join(folder, "big'one");
      writeFileSync(file, body);
      const { out } = await runCommand(['sign', 'POST', URL_OF_CALL, '--curl', '--body', file], { env: KEYS });
      expect(out).toContain(`--data-binary '@${file.replace("'", "'\\''")}'`);
    }
  });

  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['a URL that is none', ['POST', 'session'], KEYS, /absolute http\(s\) URL/],
    ['a method that is none', ['P0ST', URL_OF_CALL], KEYS, /method must be/],
    ['the secret in the URL', ['POST', `${URL_OF_CALL}?a=${encodeURIComponent(secretKey)}`], KEYS, /never sent/],
    ['no API key', ['POST', URL_OF_CALL], {}, /export FACEVERIFY_API_KEY=/],
    ['an API key with quotes', ['POST', URL_OF_CALL], { FACEVERIFY_API_KEY: '"key"' }, /FACEVERIFY_API_KEY has quotes/],
    ['no terminal', ['POST', URL_OF_CALL], { FACEVERIFY_API_KEY: apiKey }, /no terminal/],
    ['one key twice', ['POST', URL_OF_CALL], { ...KEYS, FACEVERIFY_API_KEY: secretKey }, /are the same/],
  ])('refuses %s', async (_what, args, env, message) => {
    const { exitCode, out, err } = await runCommand(['sign', ...args], { env });
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toContain(secretKey);
  });

  test('asks for the secret key, and takes what is typed', async () => {
    const args = ['sign', 'POST', URL_OF_CALL];
    const typed = await runCommand(args, { env: { FACEVERIFY_API_KEY: apiKey }, typed: [secretKey] });
    expect(typed.asked).toEqual(['Secret key (it is not shown): ']);
    expect(typed.out).toBe((await runCommand(args, { env: KEYS })).out);
  });
});

describe('session', () => {
  const env = (): Record<string, string> => ({ ...KEYS, FACEVERIFY_BASE_URL: listening.url });

  test('prints the link alone where no terminal is', async () => {
    const { out, exitCode, opened } = await runCommand(['session', '--id', 'user123', '--country', 'AT'], {
      env: env(),
    });
    const session = emulator.sessions.at(-1);
    expect([exitCode, out, opened]).toEqual([0, `${session?.url}\n`, []]);
    expect(session).toMatchObject({ uniqueIdentifier: 'user123', country: 'AT' });
    const json = await runCommand(['session', '--id', 'user123', '--json'], { env: env() });
    expect(JSON.parse(json.out)).toEqual({ sessionId: session?.sessionId, url: session?.url });
  });

  test('shows a QR code on a terminal that is wide enough, and opens the link', async () => {
    const given = { env: env(), isTerminal: true };
    const wide = await runCommand(['session', '--open'], { ...given, columns: 120 });
    expect(wide.opened).toEqual([emulator.sessions.at(-1)?.url]);
    expect(wide.out).toMatch(/▀/);
    expect(
      new Set(
        wide.out
          .split('\n')
          .slice(1, -1)
          .map((line) => line.length),
      ).size,
    ).toBe(1);
    expect((await runCommand(['session'], { ...given, columns: 20 })).out).toContain('too narrow');
  });

  test('says what failed, and what to type', async () => {
    emulator.failNext({ status: 400, body: JSON.stringify({ message: `No\u001b[2J session: ${secretKey}` }) });
    const refused = await runCommand(['session', '--id', 'user123'], { env: env() });
    expect(refused).toMatchObject({ exitCode: 1, out: '' });
    expect(refused.err).toMatch(/FaceVerify said: [^]*type: faceverify doctor/);
    expect(refused.err).not.toMatch(/(?!\n)\p{Cc}|user123/u);
    expect(refused.err).not.toContain(secretKey);
    expect((await runCommand(['session', '--id', ''], { env: env() })).exitCode).toBe(2);
    const before = emulator.received.length;
    const pasted = await runCommand(['session', '--id', secretKey], { env: env() });
    expect([pasted.exitCode, pasted.out, emulator.received.length]).toEqual([2, '', before]);
    expect(pasted.err).not.toContain(secretKey);
    expect(
      (await runCommand(['session'], { env: { ...KEYS, FACEVERIFY_BASE_URL: 'http://a.example' } })).exitCode,
    ).toBe(2);
  });
});

describe('emulator', () => {
  test('listens until it is stopped, and prints a line for each request', async () => {
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    let printed = '';
    const ready = new Promise<string>((resolve) => {
      const onOutput = (text: string): void => {
        printed += text;
        const url = /FACEVERIFY_BASE_URL=(\S+)/.exec(printed)?.[1];
        if (url !== undefined) resolve(url);
      };
      void runCommand(['emulator', '--port', '0', '--public-url', 'http://localhost:1'], { stopped, onOutput }).then(
        ({ exitCode }) => resolve(`exit ${exitCode}`),
      );
    });
    const url = await ready;
    const env = {
      FACEVERIFY_API_KEY: 'emulator-api-key',
      FACEVERIFY_SECRET_KEY: 'emulator-secret-key',
      FACEVERIFY_BASE_URL: url,
    };
    await fetch(`${url}/api/v1/session?person=user123`, { method: 'POST' });
    // Its links are elsewhere, which the client refuses.
    expect((await runCommand(['session', '--id', 'user123'], { env })).err).toContain('sessionHosts');
    stop();
    expect(printed).toMatch(/POST \/api\/v1\/session 400 missing_client: [^]*POST \/api\/v1\/session accepted/);
    expect(printed).not.toContain('user123');
  });

  test.each<[string[], RegExp, number]>([
    [['--port', 'abc'], /whole number/, 2],
    [['--port', '99999'], /whole number/, 2],
    [['--public-url', 'x'], /--public-url must be an http or https origin/, 2],
  ])('refuses %j', async (args, message, status) => {
    const { exitCode, err } = await runCommand(['emulator', ...args]);
    expect(exitCode).toBe(status);
    expect(err).toMatch(message);
  });

  test('says if the port is taken', async () => {
    const { exitCode, err } = await runCommand(['emulator', '--port', String(listening.port)]);
    expect(exitCode).toBe(1);
    expect(err).toContain('the port is taken');
  });
});
