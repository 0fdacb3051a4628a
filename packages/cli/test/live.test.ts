import { createServer } from 'node:http';
import { createEmulator, type Emulator } from '@faceverify/emulator';
import { describe, expect, test } from 'vitest';
import { leaksIn, secretsNamed } from '../../../test/support/leaks.ts';
import { close, listen } from '../../../test/support/listen.ts';
import { ASSUMPTIONS, type AssumptionName, type Row } from '../src/doctor/assumptions.ts';
import { runCommand } from './support/run-command.ts';

const API_KEY = 'fv-client-7b1d-40aa';
const SECRET_KEY = 'S3cr3t+/"=<x>-key-9f2c';
const NAMES = Object.keys(ASSUMPTIONS);

interface Vendor {
  readonly emulator: Emulator;
  /** Answers in place of the emulator. */
  readonly instead?: (request: Request, emulator: Emulator) => Response | undefined | Promise<Response | undefined>;
}

/** Runs the command before a vendor, and searches what it prints. */
async function live({ emulator, instead }: Vendor, args: readonly string[] = ['--yes'], typed?: readonly string[]) {
  let calls = 0;
  let seen = '';
  const server = createServer(async (request, response) => {
    calls++;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]);
    const copy = () => new Request(`${origin}${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) });
    const answer = (await instead?.(copy(), emulator)) ?? (await emulator.fetch(copy()));
    const text = await answer.text();
    seen += text + Buffer.concat(chunks).toString();
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
  });
  const origin = `http://127.0.0.1:${await listen(server)}`;
  const env = { FACEVERIFY_API_KEY: API_KEY, FACEVERIFY_SECRET_KEY: SECRET_KEY, FACEVERIFY_BASE_URL: origin };
  const json = await runCommand(['doctor', '--live', '--json', ...args], { env, ...(typed && { typed }) });
  const callsOfJson = calls;
  const words = await runCommand(['doctor', '--live', ...args], { env, ...(typed && { typed }) });
  await close(server);

  const printed = [json, words].map(({ out, err }) => out + err).join('\n');
  const personal = emulator.sessions.flatMap(({ sessionId, token, uniqueIdentifier = '' }) => [
    sessionId,
    token,
    uniqueIdentifier,
  ]);
  const secrets = {
    secret: SECRET_KEY,
    'API key': API_KEY,
    ...Object.fromEntries(personal.filter(Boolean).map((each) => [each, each])),
  };
  expect(leaksIn(printed, secretsNamed(secrets))).toEqual([]);
  expect(printed).not.toMatch(/faceverify-doctor-[0-9a-f]{8}|\/new\//);
  expect(callsOfJson).toBeLessThanOrEqual(8);
  const rows = json.out === '' ? [] : (JSON.parse(json.out) as { rows: Row[] }).rows;
  for (const { advice = '', seen: what } of rows) {
    expect(words.out).toMatch(new RegExp(`${escaped(what)}[^]*${escaped(advice)}`));
  }
  return {
    rows,
    calls: callsOfJson,
    seen,
    exitCodes: [json.exitCode, words.exitCode],
    err: json.err,
    asked: json.asked,
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

const vendor = (more: Omit<Vendor, 'emulator'> & { publicUrl?: string } = {}): Vendor => {
  const { publicUrl, ...rest } = more;
  return { emulator: createEmulator({ clients: { [API_KEY]: SECRET_KEY }, publicUrl }), ...rest };
};

const isSigned = ({ headers }: Request): boolean => headers.has('x-hmac-signature');
const isWrong = ({ headers }: Request): boolean => headers.get('x-hmac-signature') === '0'.repeat(64);

/** A vendor for each assumption, of which it breaks that one. */
const BROKEN: Readonly<Record<AssumptionName, readonly [() => Vendor, advice: RegExp]>> = {
  documented_answer: [
    () =>
      vendor({
        async instead(request, emulator) {
          const answer = await emulator.fetch(request);
          return new Response((await answer.text()).replace('"Token"', '"token"'), answer);
        },
      }),
    /tell the maintainers/,
  ],
  same_link: [
    () =>
      vendor({
        instead(_request, emulator) {
          emulator.reset();
          return undefined;
        },
      }),
    /retry: false/,
  ],
  link_host: [() => vendor({ publicUrl: 'https://verify.example.com' }), /sessionHosts: \['verify\.example\.com'\]/],
  wrong_signature: [
    () => vendor({ instead: (request) => (isWrong(request) ? new Response('', { status: 401 }) : undefined) }),
    /401/,
  ],
  unknown_client: [
    () =>
      vendor({
        instead: ({ headers }) =>
          headers.get('x-auth-client') === API_KEY ? undefined : new Response('', { status: 404 }),
      }),
    /maintainers/,
  ],
  missing_header: [
    () => vendor({ instead: (request) => (isSigned(request) ? undefined : new Response('', { status: 500 })) }),
    /maintainers/,
  ],
  unknown_fields: [
    () =>
      vendor({
        instead: async (request) =>
          (await request.text()).includes('x-faceverify-doctor') ? Response.json({}) : undefined,
      }),
    /emulator is stricter/,
  ],
  retry_after: [
    () => vendor({ instead: (request) => (isWrong(request) ? new Response('', { status: 429 }) : undefined) }),
    /minDelayMs/,
  ],
};

describe('doctor --live', () => {
  test('the emulator does as is assumed', async () => {
    const { rows, calls, exitCodes } = await live(vendor());
    expect(rows.map(({ name, answer }) => `${name}: ${answer}`)).toEqual(
      NAMES.map((name) => `${name}: ${name === 'retry_after' ? 'unknown' : 'yes'}`),
    );
    expect([calls, exitCodes]).toEqual([6, [0, 0]]);
  });

  test.for(Object.entries(BROKEN))('%s is wrong: its row says no', async ([name, [create, advice]]) => {
    const { rows, exitCodes } = await live(create());
    expect(rows.map((row) => row.name)).toEqual(NAMES);
    expect(rows.filter(({ answer }) => answer === 'no').map((row) => row.name)).toEqual([name]);
    expect(rows.find((row) => row.name === name)?.advice).toMatch(advice);
    expect(exitCodes).toEqual([1, 1]);
  });

  test('Retry-After that can be read', async () => {
    const { rows, calls } = await live(
      vendor({ instead: () => new Response('', { status: 429, headers: { 'retry-after': '7' } }) }),
    );
    const answers = Object.fromEntries(rows.map(({ name, answer }) => [name, answer]));
    expect([calls, answers['retry_after'], answers['documented_answer'], answers['wrong_signature']]).toEqual([
      1,
      'yes',
      'unknown',
      'unknown',
    ]);
  });

  test('after a first call that is refused, no other is made', async () => {
    const { rows, calls, exitCodes } = await live(vendor({ instead: () => new Response('', { status: 400 }) }));
    expect(calls).toBe(1);
    expect(rows[0]).toMatchObject({
      answer: 'no',
      seen: 'status 400',
      advice: expect.stringContaining('Check the keys') as unknown,
    });
    expect(rows.slice(1).every(({ answer }) => answer === 'unknown')).toBe(true);
    expect(exitCodes).toEqual([1, 1]);
  });

  test('hosts of links that may hold a token are not shown', async () => {
    const token = 'eyjhbgcioijiuzi1nij9';
    const answer = (url: string) =>
      Response.json({ success: true, data: { sessionId: 's', baseUrl: 'b', Token: 't', url } });
    for (const url of [`https://${token}.example.com/`, 'no link', `https://user:${token}@127.0.0.1:1/`]) {
      const { rows } = await live(vendor({ instead: () => answer(url) }));
      expect(rows[2]).toMatchObject({ name: 'link_host', answer: 'no' });
      expect(JSON.stringify(rows)).not.toContain(token);
    }
  });

  test('an answer of no JSON, a huge one, and none', async () => {
    for (const body of ['<html>', 'x'.repeat(1_000_000), '[]', '{"success":true,"data":[]}']) {
      const { rows } = await live(vendor({ instead: () => new Response(body) }));
      expect(rows[0]).toMatchObject({ name: 'documented_answer', answer: 'no' });
    }
    const env = {
      FACEVERIFY_API_KEY: API_KEY,
      FACEVERIFY_SECRET_KEY: SECRET_KEY,
      FACEVERIFY_BASE_URL: `https://${'x'.repeat(64)}.invalid`,
    };
    const { out, exitCode } = await runCommand(['doctor', '--live', '--yes'], { env });
    expect(out).toContain('no connection');
    expect(exitCode).toBe(1);
  });

  test('sends nothing without consent', async () => {
    const asked = await live(vendor(), [], ['no']);
    expect([asked.calls, asked.exitCodes, asked.rows]).toEqual([0, [130, 130], []]);
    expect(asked.err).toMatch(/up to 6 calls to 127\.0\.0\.1:\d+, signed with your keys/);
    const without = await live(vendor(), []);
    expect([without.calls, without.exitCodes]).toEqual([0, [2, 2]]);
    expect(without.err).toContain('doctor --live --yes');
    expect((await live(vendor(), [], ['yes'])).calls).toBe(6);
  });
});
