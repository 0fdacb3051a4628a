import { readFileSync } from 'node:fs';
import { createFaceVerify } from '@faceverify/core';
import { createEmulator } from '@faceverify/emulator';
import { describe, expect, test } from 'vitest';
import { type CommandResult, runCommand } from '../src/command.ts';
import { sendBySocket, signedRequest } from './signed-request.ts';

async function run(...args: string[]): Promise<CommandResult & { out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const result = await runCommand(args, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { ...result, out, err };
}

describe('faceverify-emulator', () => {
  test('prints its address, and the variables that an app needs', async () => {
    const { exitCode, listening, out, err } = await run('--port', '0');
    const variables = Object.fromEntries(
      [...out.join('\n').matchAll(/^ {2}export (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    expect([exitCode, err]).toEqual([0, []]);
    expect(variables['FACEVERIFY_BASE_URL']).toBe(listening?.url);
    expect(out[0]).toContain(`listens on ${listening?.url}\n`);
    expect(out[0]).toContain('not the vendor');

    const { FACEVERIFY_BASE_URL: baseUrl, FACEVERIFY_API_KEY: apiKey, FACEVERIFY_SECRET_KEY: secretKey } = variables;
    const client = createFaceVerify({ baseUrl, apiKey: apiKey ?? '', secretKey: secretKey ?? '' });
    expect((await client.createSession({ uniqueIdentifier: 'user123' })).baseUrl).toBe(listening?.url);
    await client.close();
    await listening?.close();
  });

  test('prints a line for each request, without secrets and identifiers', async () => {
    const { listening, out } = await run('--port=0', '--host=127.0.0.1');
    const keys = { apiKey: 'emulator-api-key', baseUrl: listening?.url };
    const good = createFaceVerify({ ...keys, secretKey: 'emulator-secret-key' });
    await good.createSession({ uniqueIdentifier: 'user123' });
    await good.request('POST', '/api/v1/session', { query: { person: 'user123' }, body: {} });
    const bad = createFaceVerify({ ...keys, secretKey: 'emulator-secret-kez' });
    await expect(bad.createSession({ uniqueIdentifier: 'user123' })).rejects.toMatchObject({ code: 'rejected' });
    await Promise.all([good.close(), bad.close(), listening?.close()]);
    expect(out.slice(1)).toEqual([
      'POST /api/v1/session accepted',
      'POST /api/v1/session accepted',
      expect.stringMatching(/^POST \/api\/v1\/session 400 wrong_signature: The signature is wrong\. \S/),
    ]);
    expect(out.slice(1).join('\n')).not.toMatch(/user123|secret-ke/);
  });

  test('says when other machines can reach it', async () => {
    const { listening, out } = await run('--port', '0', '--host', '0.0.0.0');
    await listening?.close();
    expect(out[0]).toContain('reachable from other machines');
  });

  test('gives links that start with --public-url', async () => {
    const { listening, out } = await run('--port', '0', '--public-url', 'http://localhost:4400/');
    const { text } = await sendBySocket(listening?.port ?? 0)(signedRequest());
    await listening?.close();
    expect(JSON.parse(text)).toMatchObject({
      data: { url: expect.stringMatching(/^http:\/\/localhost:4400\/new\//) as unknown },
    });
    expect(out[0]).toContain('Links start with http://localhost:4400\n');
  });

  test('prints its usage', async () => {
    const { exitCode, listening, out } = await run('--help');
    expect([exitCode, listening]).toEqual([0, undefined]);
    expect(out.join('\n')).toMatch(/--port[^]*--host[^]*--public-url/);
  });

  test.each(['../README.md', '../src/command.ts', '../../../docs/testing.md'])(
    'is run by its package name, since nobody owns the command’s name on npm: %s',
    (file) => {
      const text = readFileSync(new URL(file, import.meta.url), 'utf8');
      expect(text).toContain('npx -p @faceverify/emulator faceverify-emulator');
      expect(text).not.toMatch(/npx (?:-y |--yes )?faceverify/);
    },
  );

  const wrong: readonly (readonly [args: string[], message: RegExp])[] = [
    [['--prot', '1'], /Unknown option '--prot'/],
    [['extra'], /Unexpected argument 'extra'/],
    [['--port'], /argument missing/],
    [['--port', 'abc'], /whole number from 0 to 65535/],
    [['--port', '65536'], /whole number from 0 to 65535/],
    [['--port', '-1'], /--port/],
    [['--port', ''], /whole number/],
    [['--host', ''], /--host must not be empty/],
    [['--public-url', ''], /--public-url must be an http or https origin/],
    [['--public-url', 'localhost:4400'], /--public-url must be an http or https origin/],
    [['--public-url', 'http://localhost:4400/path'], /--public-url must be an http or https origin/],
  ];

  test.each(wrong)('exits with 2 and says what is wrong with %j', async (args, message) => {
    const { exitCode, listening, err, out } = await run(...args);
    expect([exitCode, listening, out]).toEqual([2, undefined, []]);
    expect(err[0]).toMatch(message);
    expect(err[0]).toContain('npx -p @faceverify/emulator faceverify-emulator --help');
  });

  test('exits with 1 if the port is taken', async () => {
    const { port, close } = await createEmulator().listen();
    const { exitCode, err } = await run('--port', String(port));
    await close();
    expect(exitCode).toBe(1);
    expect(err[0]).toContain(`port ${port}: the port is taken`);
  });
});
