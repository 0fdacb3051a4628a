import { expect, test } from 'vitest';
import { presentableVendorMessage } from '../src/redact.ts';

const id = 'jo/an+e=Key~1 "é"';
const spellings: Record<string, string> = {
  raw: id,
  JSON: JSON.stringify(id),
  'JSON in ASCII, as Python and PHP write it': 'jo\\/an+e=Key~1 \\"\\u00e9\\"',
  'URL-encoded in part': 'jo/an%2Be=Key~1%20%22%C3%A9%22',
  'URL-encoded': encodeURIComponent(id),
  'another case': id.toUpperCase(),
};

test.each(Object.entries(spellings))('cuts an identifier that is written in %s', (_how, text) => {
  expect(presentableVendorMessage(`before ${text} after`, [id])).toMatch(/^before "?\[cut\]"? after$/);
});

test.each([
  ['a token', 'eyJhbGciOiJIUzI1NiIsIn.eyJzdWIiOiIxMjM0In0.abc-_'],
  ['a token cut short', 'eyJhbGciOi..'],
  ['a digest', 'B600d9e76e654cdbe731dabe5d0d61bace0981263abcc26ac98e24c0d290b1a1'],
  ['a link', 'https://start.faceverify.ai/new/secret-path'],
])('cuts %s, no matter whose', (_what, text) => {
  expect(presentableVendorMessage(`<${text} >`, [])).toBe('<[cut] >');
});

test.each([
  ['compact JSON', '{"success":false,"data":{"Token":"opaque-1","url":"/new/opaque-2","sessionId":"opaque-3"}}'],
  ['spaced JSON', '{ "Token" : "opaque-1", "sessionId" : "opaque-3" }'],
  ['JSON with lists and objects', '{"Token":["opaque-1"],"tokens":{"value":"opaque-2"}}'],
  ['lists under any name', '{"data":["opaque-1",["opaque-2"]],"more":{"list":[{"id":"opaque-3"}]}}'],
  ['a list alone', '["opaque-1"]'],
  ['names and values apart', '[{"name":"Token","value":"opaque-1"}]'],
  ['other names', '{"accessToken":"opaque-1","access_token":"opaque-2","hmac":"opaque-3","api_key":"opaque-4"}'],
  ['JSON in JSON', JSON.stringify(JSON.stringify({ Token: 'opaque-1', sessionId: 'opaque-2' }))],
  ['JSON that is cut off', '{"data":{"sessionId":"opaque-3","Token":"opaque-1'],
  ['a form', 'Token=opaque-1&session_id=opaque-2&signature=opaque-3'],
  ['HTML', '<Token>opaque-1</Token> &quot;Token&quot;:&quot;opaque-2&quot; &#34;url&#34;:&#34;opaque-3&#34;'],
  ['words', 'Token opaque-1 is unknown, Bearer opaque-2 too; session id: opaque-3'],
  ['links without a scheme', 'see start.faceverify.ai/verify/opaque-1 or //host/opaque-2'],
  ['digests with a prefix', `sig_${'ab'.repeat(32)} x${'ab'.repeat(32)}`],
])('cuts the values of Token, url, sessionId and the like in %s', (_where, text) => {
  const shown = presentableVendorMessage(text, []);
  expect(shown).toContain('[cut]');
  expect(shown).not.toMatch(/opaque|(?:ab){32}/);
});

test('keeps what helps the operator', () => {
  const said = {
    success: false,
    message: 'country is not supported',
    code: 4711,
    errors: [{ field: 'x', message: 'required' }],
  };
  expect(presentableVendorMessage(JSON.stringify(said), [])).toBe(
    '{"success":false,"message":"country is not supported","code":4711,"errors":[{"field":"[cut]","message":"required"}]}',
  );
  expect(presentableVendorMessage('<html><h1>502 Bad Gateway</h1></html>', [])).toBe(
    '<html><h1>502 Bad Gateway</h1></html>',
  );
});

test('cuts an identifier at the edge of 500 characters whole', () => {
  const message = presentableVendorMessage(`${'x'.repeat(495)} secret-id`, ['secret-id']);
  expect(message).toBe(`${'x'.repeat(495)} [cut`);
  expect(presentableVendorMessage('y '.repeat(9_000), [])).toHaveLength(500);
  expect(presentableVendorMessage(`${'secret-id '.repeat(409)}secret-id`, ['secret-id'])).not.toContain('secret');
});

test.each([
  [
    'a sigma, whose small form depends on what follows',
    '\u039d\u0399\u039a\u039f\u03a3',
    'no \u03bd\u03b9\u03ba\u03bf\u03c2!',
    'no [cut]!',
  ],
  [
    'a text with a letter that has a longer small form',
    'Alice@Example.com',
    '\u0130: ALICE@EXAMPLE.COM',
    '\u0130: [cut]',
  ],
  ['letters with two capitals', 'stra\u00dfe \u2126', 'STRA\u1e9eE \u03c9', '[cut]'],
  ['characters of regular expressions', 'a.b*c(d)[e]|f', 'no A.B*C(D)[E]|F', 'no [cut]'],
])('cuts without regard to case: %s', (_what, identifier, text, shown) => {
  expect(presentableVendorMessage(text, [identifier])).toBe(shown);
});

test('cuts credentials whole, whatever short values are in them', () => {
  const text = `see https://verify.example/s/T777abc and eyJhbGciOiJIUzI1NiJ9.e30.abc or ${'a7'.repeat(32)}`;
  expect(presentableVendorMessage(text, ['s', '7', 'M', 'J', 'cut'])).toBe('[cut]ee [cut] and [cut] or [cut]');
});

test('cuts the longest of several values', () => {
  expect(presentableVendorMessage('no Jürgen M', ['J%C3%BCrgen%20M', 'M'])).toBe('no [cut]');
  expect(presentableVendorMessage('abcd-t', ['ab', 'abcd', 't', ''])).toBe('[cut]-[cut]');
});

test('writes it on one line, so that no log line can be forged', () => {
  expect(presentableVendorMessage('a\r\n\u001b[31mb\u2028c', [])).toBe('a [31mb c');
  expect(presentableVendorMessage(' \n ', [])).toBeUndefined();
  expect(presentableVendorMessage('', ['', 'x'])).toBeUndefined();
});

test.each<[string, string, readonly string[]]>([
  ['200,000 short values', 'hello', Array.from({ length: 200_000 }, (_, n) => String(n))],
  ['an image in base64', 'b'.repeat(65_536), ['b'.repeat(200_000)]],
])('withholds a text in which looking for %s would block the server', (_what, text, personal) => {
  expect(presentableVendorMessage(text, personal)).toBeUndefined();
});

test.each<[string, string, readonly string[]]>([
  ['70 values of 400 letters', 'a '.repeat(32_768), Array.from({ length: 70 }, (_, n) => 'a'.repeat(400 + n))],
  ['70 values with blanks', 'a '.repeat(32_768), Array.from({ length: 70 }, (_, n) => 'a '.repeat(200 + n))],
  ['a long value', 'b '.repeat(32_768), ['b'.repeat(16_000)]],
])('looks for %s in a long text', (_what, text, personal) => {
  expect(String(presentableVendorMessage(text, personal)).length).toBeLessThanOrEqual(500);
});

test('takes as long as the text is long, not longer', () => {
  // With a quadratic pattern, the test would time out.
  for (const hostile of [
    'a.',
    'a-',
    'eyJ',
    'a://',
    '%2',
    '%25',
    '\\u00',
    '\\',
    '&amp;',
    '"',
    'url',
    'url:',
    'token":"',
    '-token',
    'a'.repeat(64),
    '{"a":',
    '[',
  ]) {
    const text = hostile.repeat(Math.ceil(65_536 / hostile.length));
    expect(String(presentableVendorMessage(text, ['secret'])).length).toBeLessThanOrEqual(500);
  }
});
