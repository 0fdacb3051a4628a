import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHmac } from 'node:crypto';
import { createEmulator } from '@faceverify/emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fencesOf, firstQuoted, tableOf } from '../../../test/docs/markdown.ts';
import { documents, read } from '../../../test/docs/repository.ts';
import { COMMANDS } from '../src/commands.ts';
import { shellCommand } from '../src/explain/shell-words.ts';
import { runCommand } from './support/run-command.ts';

/* Every command of this package that a document shows is run as it is shown. */

const NPX = 'npx @faceverify/cli ';
const lines = documents().flatMap((file) =>
  fencesOf(file, read(file))
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.split('\n'))
    .filter((line) => line.startsWith(NPX))
    .map((line) => ({ file, line })),
);

const emulator = createEmulator({ clients: { 'your-api-key': 'your-secret-key' } });
const KEYS = { FACEVERIFY_API_KEY: 'your-api-key', FACEVERIFY_SECRET_KEY: 'your-secret-key' };
const cwd = mkdtempSync(join(tmpdir(), 'faceverify-documents-'));
let baseUrl = '';
let close = async (): Promise<void> => undefined;

beforeAll(async () => {
  ({ url: baseUrl, close } = await emulator.listen());
  const body = '{"country":"US","uniqueIdentifier":"user123"}';
  const text = ['POST', '/api/v1/session', '', 'your-api-key', 'application/json; charset=utf-8', body].join('\n');
  const signature = createHmac('sha256', 'your-secret-key').update(text).digest('hex');
  const headers = {
    'Content-Type': 'application/json',
    'x-auth-client': 'your-api-key',
    'x-hmac-signature': signature,
  };
  const curl = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`);
  writeFileSync(
    join(cwd, 'request.txt'),
    `curl https://start.faceverify.ai/api/v1/session ${curl.join(' ')} -d '${body}'`,
  );
  writeFileSync(join(cwd, 'body.json'), body);
});
afterAll(async () => {
  await close();
  rmSync(cwd, { recursive: true });
});

test.for(lines)('$file: $line', async ({ line }) => {
  // Where output goes is left to the shell; a file for input is given as such.
  const [command = '', input] = line.split(' < ');
  const words = shellCommand(command).words.slice(2);
  // The port that a document names may be taken.
  const args = words[0] === 'emulator' ? ['emulator', '--port', '0'] : words;
  const { exitCode, out, err } = await runCommand(args, {
    env: { ...KEYS, FACEVERIFY_BASE_URL: baseUrl },
    cwd,
    typed: ['yes'],
    ...(input !== undefined && { stdin: readFileSync(join(cwd, input.trim())) }),
  });
  expect({ exitCode, err: exitCode > 1 ? err : '' }).toEqual({ exitCode: args[0] === 'explain' ? 1 : 0, err: '' });
  expect(out).not.toBe('');
});

describe('docs/cli.md', () => {
  const text = read('docs/cli.md');

  test('shows what explain prints', async () => {
    const { out } = await runCommand(['explain', 'request.txt'], { env: KEYS, cwd });
    const shown = fencesOf('docs/cli.md', text).find(({ language }) => language === 'text');
    expect(`${shown?.code}\n`).toBe(out);
  });

  test('names every command', () => {
    expect(firstQuoted(tableOf(text, 'The command line', 'command'), 'command')).toEqual(Object.keys(COMMANDS));
  });

  test('shows every command but those that its list explains', () => {
    const shown = lines
      .filter(({ file }) => file === 'docs/cli.md')
      .map(({ line }) => line.slice(NPX.length).split(' ')[0]);
    expect(new Set(shown)).toEqual(new Set(['--help', ...Object.keys(COMMANDS)]));
  });
});
