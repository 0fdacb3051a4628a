import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { explainSignature, type SignatureExplanation } from '../src/diagnose/index.ts';
import type { SignableRequest } from '../src/signing.ts';
import ambiguousUrls from './vectors/ambiguous-urls.json' with { type: 'json' };
import { rejection } from './client-of.ts';

const apiKey = 'my-api-key-0123456789';
const secretKey = 'c2VjcmV0LWtleS1vZi1tYW55LWJ5dGVz';
const body = '{"country":"AT","uniqueIdentifier":"Zoë/1"}';
const request: SignableRequest = {
  method: 'POST',
  url: 'https://start.faceverify.ai/api/v1/session?b=x+y&a=%C3%A9',
  body,
  apiKey,
  secretKey,
};
const PARTS = ['POST', '/api/v1/session', 'b=x+y&a=%C3%A9', apiKey, 'application/json', body] as const;

function signature(parts: readonly string[], secret: string | Buffer = secretKey, lineEnd = '\n'): string {
  return createHmac('sha256', secret).update(parts.join(lineEnd)).digest('hex');
}
/** The right parts, with some of them replaced. */
function but(replaced: Record<number, string>): string[] {
  return PARTS.map((part, index) => replaced[index] ?? part);
}
async function explanationOf(made: string, given: Partial<SignableRequest> = {}): Promise<SignatureExplanation> {
  return explainSignature({ ...request, ...given, signature: made });
}

test('a right signature is right', async () => {
  const explanation = await explanationOf(signature(PARTS));
  expect(explanation).toMatchObject({ valid: true, mistakes: [] });
  expect(explanation.summary).toMatch(/^The signature is right\.\n/);
});

describe('finds the usual mistake', () => {
  test.each<[string, string, string]>([
    [
      'body serialised as Python does',
      'body_serialised_again',
      signature(but({ 5: '{"country": "AT", "uniqueIdentifier": "Zo\\u00eb/1"}' })),
    ],
    [
      'body serialised as PHP does',
      'body_serialised_again',
      signature(but({ 5: '{"country":"AT","uniqueIdentifier":"Zo\\u00eb\\/1"}' })),
    ],
    ['body indented', 'body_serialised_again', signature(but({ 5: JSON.stringify(JSON.parse(body), null, 2) }))],
    [
      'keys in another order',
      'body_serialised_again',
      signature(but({ 5: '{"uniqueIdentifier":"Zoë/1","country":"AT"}' })),
    ],
    ['body serialised twice', 'body_serialised_again', signature(but({ 5: JSON.stringify(body) }))],
    ['charset added', 'content_type', signature(but({ 4: 'application/json; charset=utf-8' }))],
    ['no content type', 'content_type', signature(but({ 4: '' }))],
    ['method in lower case', 'method_case', signature(but({ 0: 'post' }))],
    ['line end in the secret', 'key_white_space', signature(PARTS, `${secretKey}\n`)],
    ['line end in the API key', 'key_white_space', signature(but({ 3: `${apiKey}\n` }))],
    ['keys exchanged', 'keys_exchanged', signature(but({ 3: secretKey }), apiKey)],
    ['secret decoded', 'secret_encoding', signature(PARTS, Buffer.from(secretKey, 'base64'))],
    ['trailing slash', 'trailing_slash', signature(but({ 1: '/api/v1/session/' }))],
    ['query with %20', 'query_encoding', signature(but({ 2: 'b=x%20y&a=%C3%A9' }))],
    ['query with its question mark', 'query_encoding', signature(but({ 2: '?b=x+y&a=%C3%A9' }))],
    ['query left out', 'query_encoding', signature(but({ 2: '' }))],
    ['query sorted', 'query_encoding', signature(but({ 2: 'a=%C3%A9&b=x+y' }))],
    ['whole URL as path', 'path', signature(but({ 1: request.url }))],
    ['path without its prefix', 'path', signature(but({ 1: '/session' }))],
    ['body left out', 'body_left_out', signature(but({ 5: '' }))],
    ['body never serialised', 'body_left_out', signature(but({ 5: '[object Object]' }))],
    ['line end behind the body', 'line_end', signature(but({ 5: `${body}\n` }))],
    ['lines joined with CR LF', 'line_end', signature(PARTS, secretKey, '\r\n')],
    ['upper-case digits', 'signature_encoding', signature(PARTS).toUpperCase()],
    ['base64', 'signature_encoding', Buffer.from(signature(PARTS), 'hex').toString('base64')],
    ['a scheme in front', 'signature_encoding', `sha256=${signature(PARTS)}`],
  ])('%s: %s', async (_what, name, made) => {
    const { valid, mistakes, summary } = await explanationOf(made);
    expect(valid).toBe(false);
    expect(mistakes.map((mistake) => mistake.name)).toEqual([name]);
    expect(summary).toContain(mistakes[0]?.advice);
  });

  test('two of them together', async () => {
    const made = signature(but({ 0: 'post', 4: 'application/json;charset=UTF-8' }));
    expect((await explanationOf(made)).mistakes.map(({ name }) => name)).toEqual(['content_type', 'method_case']);
    const encoded = signature(but({ 5: JSON.stringify(body) })).toUpperCase();
    expect((await explanationOf(encoded)).mistakes.map(({ name }) => name)).toEqual([
      'signature_encoding',
      'body_serialised_again',
    ]);
  });

  test('none where there is none', async () => {
    for (const made of [signature(PARTS, 'another-secret'), 'abc', '']) {
      const { valid, mistakes, summary } = await explanationOf(made);
      expect({ valid, mistakes }).toEqual({ valid: false, mistakes: [] });
      expect(summary).toMatch(/none of the usual mistakes/);
    }
  });
});

test('shows the string with its line ends, neither the API key nor the secret', async () => {
  const { stringToSign } = await explanationOf(signature(PARTS), { body: 'a\r\nb\tc' });
  expect(stringToSign).toBe(
    'POST\\n\n/api/v1/session\\n\nb=x+y&a=%C3%A9\\n\n[API key of 21 characters]\\n\napplication/json\\n\na\\r\\n\nb\\tc',
  );
  const exchanged = await explanationOf('abc', { apiKey: secretKey, body: `{"mistaken":"${secretKey}"}` });
  expect(JSON.stringify(exchanged)).not.toContain(secretKey);
});

test('shows the secret in no spelling', async () => {
  const secret = 's/e"c\\ret+1=';
  const query = new URLSearchParams({ s: secret, t: 'x' }).toString();
  const url = `https://start.faceverify.ai/${encodeURIComponent(secret)}/${encodeURI(secret)}?${query}`;
  for (const json of [JSON.stringify({ s: secret }), JSON.stringify({ s: secret }).replaceAll('/', '\\/')]) {
    const { stringToSign } = await explanationOf('abc', { secretKey: secret, url, body: json });
    expect(stringToSign.match(/\[secret\]/g)).toHaveLength(4);
    expect(stringToSign).not.toMatch(/ret[^\]]/);
  }
  const spelt: [secret: string, text: string][] = [
    ['topsecret\n', '{"s":"topsecret"}'],
    ['s/e+c=ret', 's%2fe%2bc%3dret'],
    ["a!b*c'd(e)~ f", 'a%21b%2Ac%27d%28e%29~%20f'],
    ['a/b+c', 'a%252Fb%252Bc'],
    ['s\u00e9/cret', '"s\\u00e9\\/cret"'],
    ['a&b<c', '"a\\u0026b\\u003cc"'],
    ['a"b\\c', JSON.stringify(JSON.stringify('a"b\\c'))],
    ['bytes', Buffer.from('bytes').toString('hex').toUpperCase()],
    ['text to encode', Buffer.from('text to encode').toString('base64')],
  ];
  for (const [key, text] of spelt) {
    const { stringToSign } = await explanationOf('abc', { secretKey: key, body: text });
    expect(stringToSign).toContain('[secret]');
    expect(stringToSign).not.toContain(text);
  }
  const exchanged = await explanationOf('abc', { apiKey: secretKey, secretKey: apiKey, body: `{"s":"${secretKey}"}` });
  expect(exchanged.stringToSign).toMatch(/\{"s":"\[API key\]"\}$/);
  const short = await explanationOf('abc', { secretKey: 'secret', body: 'my secret' });
  expect(short.stringToSign).toMatch(/my \[secret\]$/);
});

test('explains the request as it was when it was called', async () => {
  const bytes = { body: new TextEncoder().encode(body), secretKey: new TextEncoder().encode(secretKey) };
  const changing = { ...request, ...bytes, signature: signature(PARTS) };
  const explanation = explainSignature(changing);
  bytes.body.fill(0);
  bytes.secretKey.fill(0);
  Object.assign(changing, { url: 'https://other.example/', body: '', signature: 'abc' });
  expect((await explanation).valid).toBe(true);
});

test.each(ambiguousUrls)('takes a URL that signRequest refuses: $why', async ({ url }) => {
  const { valid, mistakes, stringToSign } = await explanationOf(signature(PARTS), { url });
  expect(stringToSign).toContain('POST');
  expect(valid).toBe(false);
  expect(mistakes.at(-1)?.name).toBe('ambiguous_url');
});

test('takes bytes, and refuses what is neither text nor bytes', async () => {
  const bytes = { body: new TextEncoder().encode(body), secretKey: new TextEncoder().encode(secretKey) };
  expect((await explanationOf(signature(PARTS), bytes)).valid).toBe(true);
  const noText = Uint8Array.of(0xef, 0xbb, 0xbf, 0xff);
  const made = createHmac('sha256', secretKey)
    .update(but({ 5: '' }).join('\n'))
    .update(noText)
    .digest('hex');
  expect((await explanationOf(made, { body: noText })).valid).toBe(true);
  expect((await explanationOf('abc', { body: '['.repeat(10_000) + ']'.repeat(10_000) })).valid).toBe(false);
  const wrong = (given: object): Promise<unknown> => rejection(explanationOf('abc', given));
  expect(await wrong({ body: {} })).toMatchObject({ code: 'invalid_params', message: expect.stringContaining('body') });
  expect(await wrong({ secretKey: '' })).toMatchObject({ message: expect.stringContaining('secretKey') });
  const nothing = explainSignature(null as never);
  expect(await rejection(nothing)).toMatchObject({
    code: 'invalid_params',
    message: expect.stringContaining('object'),
  });
  expect((await explanationOf('abc', { secretKey: 'e'.repeat(130_000) })).valid).toBe(false);
  expect(await wrong({ url: undefined })).toMatchObject({ message: expect.stringContaining('url') });
});
