import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leaksIn } from '../../../test/support/leaks.ts';
import { FORMATS } from './support/formats.ts';
import { runCommand } from './support/run-command.ts';

/* Wherever a secret was pasted, in whatever spelling, no output holds it. */

const secrets = fc.string({
  unit: fc.constantFrom(...Array.from('aZ09+/=\\"\'%&<>-_.~$!;:*')),
  minLength: 12,
  maxLength: 40,
});
const apiKeys = fc.stringMatching(/^[A-Za-z0-9-]{12,30}$/);
const spelling = fc.constantFrom<(secret: string) => string>(
  (secret) => secret,
  (secret) => JSON.stringify(secret).slice(1, -1),
  (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  encodeURIComponent,
  (secret) => encodeURIComponent(secret).toLowerCase(),
  (secret) => new URLSearchParams({ '': secret }).toString().slice(1),
  (secret) => Buffer.from(secret).toString('hex'),
  (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  (secret) => Buffer.from(secret).toString('base64'),
  (secret) => Buffer.from(`x${secret}y`).toString('base64'),
  (secret) => Buffer.from(`xy:${secret}`).toString('base64url'),
);
const around = fc.string({ unit: fc.constantFrom(...Array.from('ab "{}:,\n\té😀\u001b\u202e')), maxLength: 20 });
// What no usual mistake explains takes longest: thousands of strings are tried.
const rarely = <Value>(usual: readonly Value[], rare: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...rare) });
const place = rarely(['nowhere', 'body', 'query', 'path', 'API key', 'another header', 'content type'], ['signature']);
const signing = rarely(['rightly', 'in upper case', 'in upper case'], ['with the keys exchanged', 'not at all']);

const requests = fc
  .record({
    secret: secrets,
    apiKey: apiKeys,
    spelling,
    before: around,
    after: around,
    place,
    signing,
    format: fc.constantFrom(...Object.keys(FORMATS)),
  })
  .map(({ secret, apiKey, spelling: spell, before, after, place: where, signing: how, format }) => {
    const spelt = spell(secret);
    const at = (name: string, otherwise: string, text = spelt): string => (where === name ? text : otherwise);
    const url = `https://start.faceverify.ai/api/v1/session${at('path', '', `/${encodeURIComponent(spelt)}`)}${at('query', '', `?a=${new URLSearchParams({ a: spelt }).toString()}`)}`;
    const body = at('body', `{"a":${JSON.stringify(before)}}`, before + spelt + after);
    const contentType = at('content type', 'application/json', header(spelt));
    const sentKey = at('API key', apiKey, header(spelt));
    const { pathname, search } = new URL(url);
    const [key, named] = how === 'with the keys exchanged' ? [sentKey, secret] : [secret, sentKey];
    const text = ['POST', pathname, search.slice(1), named, contentType, body].join('\n');
    const digest = createHmac('sha256', key).update(text).digest('hex');
    const signature = at(
      'signature',
      how === 'in upper case' ? digest.toUpperCase() : how === 'not at all' ? '' : digest,
      header(spelt),
    );
    const headers = {
      'content-type': contentType,
      'x-auth-client': sentKey,
      'x-hmac-signature': signature,
      ...(where === 'another header' && { 'x-note': header(spelt) }),
    };
    const write = FORMATS[format];
    if (write === undefined) throw new Error('There is no such format.');
    return { secret, apiKey, stdin: write({ method: 'POST', url, headers, body: Buffer.from(body) }) };
  });

/** What a header can hold. */
function header(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '').trim();
}

describe('the secret is in no output', () => {
  test('of 10,000 random requests, in words and as JSON', async () => {
    const seen = { right: 0, wrong: 0, unreadable: 0 };
    await fc.assert(
      fc.asyncProperty(requests, fc.boolean(), fc.boolean(), async ({ secret, apiKey, stdin }, json, hasKey) => {
        const env = { FACEVERIFY_SECRET_KEY: secret, ...(hasKey && { FACEVERIFY_API_KEY: apiKey }) };
        const { exitCode, out, err } = await runCommand(['explain', ...(json ? ['--json'] : []), '-'], { env, stdin });
        if (exitCode === 0) seen.right++;
        else if (exitCode === 1) seen.wrong++;
        else seen.unreadable++;
        expect([0, 1, 2]).toContain(exitCode);
        const shown = json && out !== '' ? out + String(Object.values(JSON.parse(out))) : out;
        expect(leaksIn(shown + err, [{ what: 'secret', value: secret }])).toEqual([]);
        expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
      }),
      { numRuns: 10_000 },
    );
    // Otherwise this would prove nothing.
    expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(500);
    expect(seen.unreadable).toBeLessThan(1_000);
  }, 300_000);

  test('of random texts', async () => {
    const pieces = fc.constantFrom(
      'curl ',
      "'",
      '"',
      "$'",
      '\\',
      '\n',
      '-H ',
      '-d ',
      ' POST ',
      'HTTP/1.1',
      '{"log":',
      ': ',
      'https://a.b/',
      '\0',
      'é',
    );
    await fc.assert(
      fc.asyncProperty(
        secrets,
        fc.array(fc.oneof(pieces, fc.constant(undefined)), { maxLength: 12 }),
        async (secret, parts) => {
          const stdin = parts.map((part) => part ?? secret).join('');
          const { exitCode, out, err } = await runCommand(['explain', '-'], {
            env: { FACEVERIFY_SECRET_KEY: secret },
            stdin,
          });
          expect([0, 1, 2]).toContain(exitCode);
          expect(leaksIn(out + err, [{ what: 'secret', value: secret }])).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  }, 60_000);
});
