import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { close, listen } from '../../../test/support/listen.ts';
import { readRequest } from '../src/explain/read-request.ts';

/* What is read of a command is what curl sends for it, when bash runs it. */

const run = promisify(execFile);
const missing = ['bash', 'curl'].find((command) => spawnSync(command, ['--version']).error !== undefined);
if (missing !== undefined) console.log(`The comparison with curl itself is skipped: there is no ${missing}.`);

/** A word as people and programs quote it for bash. */
const QUOTES: ((word: string) => string)[] = [
  (word) => `'${word.replaceAll("'", "'\\''")}'`,
  (word) => `"${word.replace(/["\\$`]/g, '\\$&')}"`,
  (word) => `$'${word.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n')}'`,
  (word) =>
    Buffer.from(word)
      .toString('latin1')
      .replace(/[^A-Za-z0-9]/g, (byte) => `$'\\x${byte.charCodeAt(0).toString(16)}'`) || "''",
];

const content = fc.string({ unit: fc.constantFrom(...Array.from('aZ09 "\'\\$`!#&|;<>()[]{}*?~=%:,.+-_/\nëπ😀')) });
const data = fc.oneof(
  fc
    .tuple(fc.constantFrom('--data-raw', '-d', '--data', '--data-binary', '--json', '--data-urlencode'), content)
    // An "@" at the beginning names a file.
    .map(([option, text]) => [option, option === '--data-urlencode' ? `=${text}` : `x${text}`] as const),
);
const header = fc.tuple(
  fc.constantFrom('Content-Type', 'x-auth-client', 'x-hmac-signature', 'x-other'),
  fc.stringMatching(/^[ -9A-~]{0,20}$/),
);
const command = fc
  .record({
    method: fc.option(fc.constantFrom('POST', 'PUT', 'PATCH'), { nil: undefined }),
    data: fc.array(data, { maxLength: 3 }),
    headers: fc.uniqueArray(header, { maxLength: 4, selector: ([name]) => name }),
    query: fc.option(fc.stringMatching(/^[a-z0-9=&%+.~-]{1,20}$/), { nil: undefined }),
    seed: fc.array(fc.constantFrom(...QUOTES), { minLength: 12, maxLength: 12 }),
    separator: fc.constantFrom(' ', ' \\\n  ', '  ', ' \t'),
  })
  .map(({ method, data: pieces, headers, query, seed, separator }) => (origin: string) => {
    let next = 0;
    const quote = (word: string): string => seed[next++ % seed.length]?.(word) ?? '';
    return [
      'curl -s',
      ...(method === undefined ? [] : [`-X ${method}`]),
      quote(`${origin}/api/v1/session${query === undefined ? '' : `?${query}`}`),
      ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
      ...pieces.map(([option, text]) => `${option} ${quote(text)}`),
    ].join(separator);
  });

test.skipIf(missing !== undefined)(
  'a command is read as bash and curl do',
  async () => {
    let received: unknown;
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const { method, url, headers } = request;
      received = { method, url, headers: signedOf(headers), body: Buffer.concat(chunks).toString('hex') };
      response.end();
    });
    const origin = `http://127.0.0.1:${await listen(server)}`;
    await fc.assert(
      fc.asyncProperty(command, async (write) => {
        const text = write(origin);
        received = undefined;
        await run('bash', ['-c', text], { env: { ...process.env, no_proxy: '*', LC_ALL: 'C.UTF-8' } });
        const read = readRequest(Buffer.from(text));
        const headers = Object.fromEntries(read.headers.map(([name, value]) => [name.toLowerCase(), value]).reverse());
        expect({
          text,
          method: read.method,
          url: read.url.slice(origin.length),
          headers: signedOf(headers),
          body: Buffer.from(read.body).toString('hex'),
        }).toEqual({ text, ...Object(received) });
      }),
      { numRuns: 60 },
    );
    await close(server);
  },
  60_000,
);

function signedOf(headers: Readonly<Record<string, unknown>>): unknown {
  return ['content-type', 'x-auth-client', 'x-hmac-signature', 'x-other'].map((name) => headers[name]);
}
