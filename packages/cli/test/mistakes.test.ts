import { describe, expect, test } from 'vitest';
import { firstQuoted, tableOf } from '../../../test/docs/markdown.ts';
import { read } from '../../../test/docs/repository.ts';
import { readRequest } from '../src/explain/read-request.ts';
import { FORMATS } from './support/formats.ts';
import { API_KEY, MISTAKES, SECRET_KEY, sentWith } from './support/mistakes.ts';
import { runCommand } from './support/run-command.ts';

const env = { FACEVERIFY_SECRET_KEY: SECRET_KEY };
const formats = Object.entries(FORMATS);
const names = Object.keys(MISTAKES);

async function namesOf(stdin: Buffer): Promise<{ valid: boolean; found: string[]; exitCode: number }> {
  const { exitCode, out } = await runCommand(['explain', '--json', '-'], { env, stdin });
  const { valid, mistakes, stringToSign, ...more } = JSON.parse(out);
  expect([typeof stringToSign, more]).toEqual(['string', {}]);
  return { valid, exitCode, found: mistakes.map(({ name }: { name: string }) => name) };
}

test('the mistakes are those of the table in docs/signing.md', () => {
  const table = tableOf(read('docs/signing.md'), 'A signature is refused', 'mistake');
  expect(names).toEqual(firstQuoted(table, 'mistake'));
});

test.for(names)('%s: the curl command that is printed is right', async (name) => {
  const [write] = Object.values(FORMATS);
  const { out } = await runCommand(['explain', '-'], { env, stdin: write?.(sentWith([name])) ?? '' });
  const command = out.slice(out.indexOf('\ncurl ') + 1).split('\n\n')[0] ?? '';
  expect(await namesOf(Buffer.from(command))).toEqual({ valid: true, found: [], exitCode: 0 });
});

describe.for(formats)('from %s', ([, write]) => {
  test('a right signature is right', async () => {
    expect(await namesOf(write(sentWith([])))).toEqual({ valid: true, found: [], exitCode: 0 });
  });

  test.for(names)('%s is named', async (name) => {
    expect(await namesOf(write(sentWith([name])))).toEqual({ valid: false, found: [name], exitCode: 1 });
  });
});

test('pairs of mistakes are named, and every format is read alike', async () => {
  const pairs = names.flatMap((first, at) => names.slice(at + 1).map((second) => [first, second] as const));
  const missed: string[] = [];
  for (const pair of pairs) {
    const sent = sentWith(pair);
    const [first = Buffer.alloc(0), ...others] = formats.map(([, write]) => write(sent));
    for (const other of others) expect(comparable(other)).toEqual(comparable(first));
    const { valid, found, exitCode } = await namesOf(first);
    expect([valid, exitCode]).toEqual([false, 1]);
    if (!pair.every((name) => found.includes(name))) missed.push(`${pair.join(' and ')}: ${found.join(', ')}`);
  }
  expect(pairs.length).toBe((names.length * (names.length - 1)) / 2);
  // Shown if it fails.
  expect(missed.slice(0, Math.floor(pairs.length * 0.05))).toEqual(missed);
}, 120_000);

/** What is signed of a request. */
function comparable(bytes: Buffer): unknown {
  const { method, url, headers, body } = readRequest(bytes);
  const sent = headers.filter(([name]) => /^(?:content-type|x-)/i.test(name));
  return { method, url, headers: sent, body: Buffer.from(body).toString('hex') };
}
test('the secret that was sent as the API key is named, and not shown', async () => {
  const sent = sentWith(['keys_exchanged']);
  const swapped = { ...sent, headers: { ...sent.headers, 'x-auth-client': SECRET_KEY } };
  for (const own of [env, { ...env, FACEVERIFY_API_KEY: API_KEY }]) {
    for (const [, write] of formats) {
      const { out, err, exitCode } = await runCommand(['explain'], { env: own, stdin: write(swapped) });
      expect(exitCode).toBe(1);
      expect(out).toContain('keys_exchanged');
      expect(out + err).not.toContain(SECRET_KEY);
    }
  }
});
