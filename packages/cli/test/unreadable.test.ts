import { describe, expect, test } from 'vitest';
import { runCommand } from './support/run-command.ts';

const SECRET = 'a-secret-key-of-somebody';
const env = { FACEVERIFY_SECRET_KEY: SECRET };
const HOST = 'https://start.faceverify.ai';

function har(...requests: unknown[]): string {
  return JSON.stringify({ log: { entries: requests } });
}
const signed = (status: number, method = 'POST') => ({
  request: { method, url: `${HOST}/api/v1/session`, headers: [{ name: 'x-auth-client', value: 'key' }] },
  response: { status },
});

describe('what cannot be read gives a sentence and status 2', () => {
  test.each<[string, string, RegExp]>([
    ['nothing', '', /nothing to read/],
    ['blanks', ' \n\t ', /nothing to read/],
    ['prose', 'My request is refused, what now?', /choose "Copy as cURL"/],
    ['JavaScript', 'fetch("https://start.faceverify.ai", {})', /choose "Copy as cURL"/],
    ['JSON', '{"a":1}', /not a HAR/],
    ['half a HAR', '{"log":{"entries":[', /not JSON/],
    [
      'a HAR without a signed request',
      har({ request: { method: 'GET', url: HOST, headers: [] } }),
      /no request with x-auth-client/,
    ],
    ['a HAR with entries that are none', har(null, 1, { request: null }), /no request with x-auth-client/],
    [
      'a HAR with several',
      har(signed(200), signed(400), signed(400, 'PUT')),
      /3 signed requests.*\n {2}--entry 1 {2}POST, answered with 200\n[^]*--entry 3 {2}PUT, answered with 400/,
    ],
    ['an open quote', `curl ${HOST} -H 'a: b`, /quote ' on line 1 .* never closed/],
    ['an open double quote', `curl ${HOST} \\\n -H "a: b`, /quote " on line 2 .* never closed/],
    ["an open $'", `curl ${HOST} -d $'a\\'`, /quote \$' on line 1 .* never closed/],
    ['an open quote of cmd.exe', `curl ^"${HOST}^" ^\n -H ^"a: b`, /never closed/],
    ['a zero byte', `curl ${HOST} -d $'a\\x00b'`, /zero byte/],
    ['a character that does not exist', `curl ${HOST} -d $'\\Uffffffff'`, /does not exist/],
    ['a variable', `curl ${HOST} -H "x-hmac-signature: $SIGNATURE"`, /variable \$SIGNATURE,/],
    ['a variable in braces', `curl ${HOST} -d \${BODY}`, /variable \$BODY,/],
    ['a command in it', `curl ${HOST} -d "$(cat body)"`, /runs another command/],
    ['backquotes', `curl ${HOST} -d \`cat body\``, /runs another command/],
    ['a body in a file', `curl ${HOST} -d @body.json`, /explain --body FILE/],
    ['a here-document without its end', `curl ${HOST} -d @- <<EOF\n{}`, /here-document/],
    ['typographic quotes', `curl ${HOST} -H “a: b”`, /typographic quotes/],
    ['input from a file', `curl ${HOST} -d @- < body.json`, /--data-raw/],
    ['headers in a file', `curl ${HOST} -H @headers`, /Write them out/],
    ['options in a file', `curl ${HOST} -K options`, /Write them out/],
    ['a form', `curl ${HOST} -F a=b`, /JSON/],
    ['an upload', `curl ${HOST} -T file`, /JSON/],
    ['several requests', `curl ${HOST} --next ${HOST}`, /several requests/],
    ['several URLs', `curl ${HOST} -H a: b`, /several URLs/],
    ['no URL', 'curl -X POST', /no URL/],
    ['an option without its value', `curl ${HOST} -H`, /needs a value/],
    ['another protocol', 'curl ftp://host/path', /https:\/\//],
    ['a URL that is none', "curl 'http://[/'", /cannot be read/],
    ['a variable of Postman', "curl '{{baseUrl}}/session'", /\{\{ \}\}/],
    ['a method that is none', `curl -X 'A B' ${HOST}`, /method/],
    ['half a body', 'POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n{}', /has 2 bytes, but Content-Length says 10/],
    ['chunks', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n', /chunked/],
  ])('%s', async (_what, stdin, message) => {
    const { exitCode, out, err } = await runCommand(['explain', '-'], { env, stdin });
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  test.each<[string, string[], RegExp]>([
    ['a file that is not there', ['a-secret-key-pasted-here'], /no file of this name/],
    ['a folder', ['.'], /it is a folder/],
    ['a name that cannot be', ['a\0b'], /cannot be that of a file/],
    ['two files', ['one', 'two'], /one FILE/],
    ['an unknown option', ['--jason'], /no option --jason\. The options are: --json/],
    ['an option that takes no value', ['--json=yes'], /takes no value/],
    ['an option without its value', ['--body', '--json'], /--body needs a value/],
    ['an entry that is none', ['--entry', '0', '-'], /--entry must be a number/],
    ['an entry that is not there', ['--entry', '9', '-'], /holds 1 signed/],
    ...['--secret=X', '--secret-key', '--secretKey=X', '--key', '-s', '--FACEVERIFY_SECRET_KEY=X'].map(
      (option): [string, string[], RegExp] => [option, [option, SECRET], /no option|never an argument/],
    ),
  ])('%s', async (_what, args, message) => {
    const { exitCode, out, err } = await runCommand(['explain', ...args], { env, stdin: har(signed(400)) });
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/a-secret-key|X/);
    if (!args.includes('9')) expect(err).toMatch(/\nTo see what it takes, type: faceverify explain --help\n$/);
  });

  test('a secret as an option is refused with the way to give it', async () => {
    for (const option of ['--secret', '--secret-key=abc', '--secretKey', '-s']) {
      const { err } = await runCommand(['explain', option, SECRET], { env });
      expect(err).toMatch(/never an argument[^]*Set FACEVERIFY_SECRET_KEY/);
    }
  });

  test('no terminal to ask for the secret at', async () => {
    const { exitCode, err, asked } = await runCommand(['explain', '-'], { stdin: har(signed(400)) });
    expect([exitCode, asked.length]).toEqual([2, 1]);
    expect(err).toContain('Set FACEVERIFY_SECRET_KEY in the environment');
  });

  test('a secret that can be none', async () => {
    for (const secret of ['"quoted"', 'with space', 'undefined', '$FACEVERIFY_SECRET_KEY']) {
      const { exitCode, err } = await runCommand(['explain', '-'], {
        env: { FACEVERIFY_SECRET_KEY: secret },
        stdin: har(signed(400)),
      });
      expect(exitCode).toBe(2);
      expect(err).toMatch(/^FACEVERIFY_SECRET_KEY (?:has|must|is) /);
    }
  });
});

describe('hostile input ends soon, and a terminal does not obey what is shown', () => {
  const MEGABYTES_10 = 10_000_000;
  const MEGABYTES_2 = 2_000_000;
  const command = `curl -X POST ${HOST}/api/v1/session -H 'x-auth-client: key' -H 'x-hmac-signature: abc'`;

  test.each<[string, string]>([
    ['a body of 10 MB', `${command} -d '${'a'.repeat(MEGABYTES_10)}'`],
    ['10 MB of words', `${command}${' a'.repeat(MEGABYTES_10 / 2)}`],
    ['2 MB of escapes', `${command} -d $'${'\\n'.repeat(MEGABYTES_2 / 2)}'`],
    ['2 MB of quotes', `${command} -d ${"''".repeat(MEGABYTES_2 / 2)}`],
    ['2 MB of open quotes', `curl ${'"\\"'.repeat(MEGABYTES_2 / 3)}`],
    ['2 MB of parentheses', '('.repeat(MEGABYTES_2)],
    ['2 MB of slashes', '/'.repeat(MEGABYTES_2)],
    ['2 MB of blank lines', '\n'.repeat(MEGABYTES_2)],
    ['2 MB of carets', `curl ^"${'^'.repeat(MEGABYTES_2)}`],
    ['2 MB of backslashes', `curl ^"${HOST}^" ${'\\'.repeat(MEGABYTES_2)}`],
    ['2 MB of nesting', `{"log":${'['.repeat(MEGABYTES_2)}`],
    ['a URL of 2 MB', `curl '${HOST}/${'{{'.repeat(MEGABYTES_2 / 2)}'`],
    ['an API key of 2 MB', `curl ${HOST} -H 'x-auth-client: ${'k'.repeat(MEGABYTES_2)}'`],
    ['a here-document of 2 MB', `curl ${HOST} -d @- <<EOF\n${'a\n'.repeat(MEGABYTES_2 / 2)}`],
    ['2 MB of headers', `POST / HTTP/1.1\r\n${'a: b\r\n'.repeat(MEGABYTES_2 / 6)}\r\n`],
    ['random bytes', Buffer.from(Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7919) >> 3)).toString('latin1')],
  ])('%s', async (_what, stdin) => {
    const { exitCode } = await runCommand(['explain', '-'], { env, stdin });
    expect([1, 2]).toContain(exitCode);
  });

  test('control characters are shown as escapes', async () => {
    const hostile = '\\e]0;title\\a\\e[2J\\x9b31m\\r\\b\\u202e\\u200b\\x7f';
    const text = `curl -X POST '${HOST}/api/v1/session?a=\u001b[31m\u202e' -H $'x-auth-client: k${hostile}' -H 'x-hmac-signature: \u001b[1m' -d $'${hostile}'`;
    for (const args of [
      ['explain', '-'],
      ['explain', '--json', '-'],
    ]) {
      const { out, err, exitCode } = await runCommand(args, { env, stdin: text });
      expect(exitCode).toBe(1);
      expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }
    const { out } = await runCommand(['explain', '--json', '-'], { env, stdin: text });
    expect(JSON.parse(out).stringToSign).toContain('\u001b]0;title');
  });
});
