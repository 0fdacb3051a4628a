import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { runCommand } from './support/run-command.ts';

const SECRET = 'the-secret-key-of-this-test';
const API_KEY = 'the-api-key-of-this-test';
const CALL = 'https://start.faceverify.ai/api/v1/session';
const BODY = '{"uniqueIdentifier":"user123"}';

function signatureWith(
  apiKey: string,
  { body = BODY, path = '/api/v1/session', type = 'application/json' } = {},
): string {
  return createHmac('sha256', SECRET).update(['POST', path, '', apiKey, type, body].join('\n')).digest('hex');
}

interface Given {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly url?: string;
}

async function explain({ headers, body = BODY, url = CALL }: Given, own: string | undefined = API_KEY) {
  const lines = Object.entries({ 'content-type': 'application/json', ...headers }).map(
    ([name, value]) => ` -H '${name}: ${value}'`,
  );
  const env = { FACEVERIFY_SECRET_KEY: SECRET, FACEVERIFY_API_KEY: own };
  const stdin = `curl ${url}${lines.join('')} --data-raw '${body}'`;
  const json = await runCommand(['explain', '--json', '-'], { env, stdin });
  const { exitCode, out } = await runCommand(['explain', '-'], { env, stdin });
  expect(out + json.out).not.toContain(SECRET);
  const { mistakes } = JSON.parse(json.out) as { mistakes: { name: string; advice: string }[] };
  return { exitCode, out, names: mistakes.map(({ name }) => name), advice: mistakes[0]?.advice ?? '' };
}

const signature = signatureWith(API_KEY);

test.each<[string, Record<string, string>, string[], RegExp]>([
  ['no API key', { 'x-hmac-signature': signature }, ['missing_client'], /x-auth-client is missing\./],
  ['no signature', { 'x-auth-client': API_KEY }, ['missing_signature'], /x-hmac-signature is missing\./],
  ['neither', {}, ['missing_client', 'missing_signature'], /missing/],
  [
    'a promise',
    { 'x-auth-client': API_KEY, 'x-hmac-signature': '[object Promise]' },
    ['missing_signature'],
    /await it/,
  ],
  ['undefined', { 'x-auth-client': 'undefined', 'x-hmac-signature': signature }, ['missing_client'], /not filled in/],
  [
    'a variable of Postman',
    { 'x-auth-client': API_KEY, 'x-hmac-signature': '{{signature}}' },
    ['missing_signature'],
    /not filled in/,
  ],
  [
    'an API key in quotes',
    { 'x-auth-client': `"${API_KEY}"`, 'x-hmac-signature': signatureWith(`"${API_KEY}"`) },
    ['key_quotes'],
    /Remove them/,
  ],
  [
    'the API key of another account',
    { 'x-auth-client': 'another-api-key', 'x-hmac-signature': signature },
    ['other_api_key'],
    /FACEVERIFY_API_KEY was signed/,
  ],
  [
    'the secret key',
    { 'x-auth-client': SECRET, 'x-hmac-signature': signature },
    ['keys_exchanged'],
    /secret key was sent/,
  ],
])('%s is named', async (_what, headers, names, advice) => {
  const found = await explain({ headers });
  expect([found.exitCode, found.names]).toEqual([1, names]);
  expect(found.advice).toMatch(advice);
  expect(found.out).toContain(
    `x-hmac-signature: ${signatureWith(found.names[0] === 'other_api_key' ? 'another-api-key' : API_KEY)}`,
  );
});

test('no right command is made up where the API key is not known', async () => {
  for (const headers of [
    { 'x-hmac-signature': signature },
    { 'x-auth-client': SECRET, 'x-hmac-signature': signature },
  ]) {
    const { out, exitCode } = await explain({ headers }, '');
    expect(exitCode).toBe(1);
    expect(out).not.toContain('\ncurl ');
  }
});

test('what no mistake explains is said', async () => {
  const { exitCode, names, out } = await explain({
    headers: { 'x-auth-client': API_KEY, 'x-hmac-signature': '0'.repeat(64) },
  });
  expect([exitCode, names]).toEqual([1, []]);
  expect(out).toContain('None of the usual mistakes explains it');
});

const signed = (body: string, path?: string) => ({
  headers: {
    'x-auth-client': API_KEY,
    'x-hmac-signature': signatureWith(API_KEY, { body, ...(path !== undefined && { path }) }),
  },
  body,
});

test.each<[string, Given, RegExp]>([
  ['nothing to add', signed(BODY), /right\.\n[^]*ask FaceVerify whether this API key/],
  [
    'another call',
    { ...signed(BODY, '/session'), url: 'https://start.faceverify.ai/session' },
    /only call .* is POST \/api\/v1\/session/,
  ],
  ['a body that is no JSON', signed('[object Object]'), /not a JSON object/],
  ['the secret in the body', signed(`{"a":"${SECRET}"}`), /holds your secret key/],
  [
    'the secret in a header',
    { ...signed(BODY), headers: { ...signed(BODY).headers, 'x-note': SECRET } },
    /holds your secret key/,
  ],
  [
    'Authorization',
    { ...signed(BODY), headers: { ...signed(BODY).headers, authorization: 'Bearer a' } },
    /no Authorization header/,
  ],
])('a right signature, and %s', async (_what, given, note) => {
  const { exitCode, names, out } = await explain(given);
  expect([exitCode, names]).toEqual([0, []]);
  expect(out).toMatch(note);
});
