import { expect, test } from 'vitest';
import { presentableVendorMessage } from '../src/redact.ts';

const id = 'jo/an+e=Kex~1 "é"';
const spellings: Record<string, string> = {
  raw: id,
  JSON: JSON.stringify(id),
  'JSON in ASCII, as Python and PHP write it': 'jo\\/an+e=Kex~1 \\"\\u00e9\\"',
  'URL-encoded in part': 'jo/an%2Be=Kex~1%20%22%C3%A9%22',
  'URL-encoded': encodeURIComponent(id),
  'another case': id.toUpperCase(),
};

test.each(Object.entries(spellings))('cuts an identifier that is written in %s', (_how, text) => {
  expect(presentableVendorMessage(`before ${text} after`, [id])).toBe('before [cut] after');
});

test.each([
  ['a token', 'eyJhbGciOiJIUzI1NiIsIn.eyJzdWIiOiIxMjM0In0.abc-_'],
  ['a token cut short', 'eyJhbGciOi..'],
  ['a digest', 'B600d9e76e654cdbe731dabe5d0d61bace0981263abcc26ac98e24c0d290b1a1'],
  ['a link', 'https://start.faceverify.ai/new/some-path'],
  ['a link without a scheme', 'start.faceverify.ai/verify'],
  ['what may be an id', 'sess_qwertyuiop'],
  ['what may be an id', 'abc-123'],
  ['what may be an id', 'AbCdEf'],
  ['a long number', '12345'],
])('cuts %s, no matter whose', (_what, text) => {
  expect(presentableVendorMessage(`no ${text} here`, [])).toBe('no [cut] here');
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
  expect(String(shown)).not.toMatch(/opaque|(?:ab){32}/);
});

test('keeps what helps the operator', () => {
  const said = {
    success: false,
    message: 'country is not supported',
    code: 4711,
    errors: [{ field: 'x', message: "uniqueIdentifier: can't be empty." }],
  };
  expect(presentableVendorMessage(JSON.stringify(said), [])).toBe(
    "success: false; message: country is not supported; code: 4711; message: uniqueIdentifier: can't be empty.",
  );
  const page = '<html><body class="a b">\n<h1>502 Bad Gateway</h1><hr>nginx</body></html>';
  expect(presentableVendorMessage(page, [])).toBe('[cut] 502 Bad Gateway [cut] nginx [cut]');
  expect(
    presentableVendorMessage('WRONG_SIGNATURE: (Check its x-auth-client header.) \u7b7e\u540d\u9519\u8bef', []),
  ).toBe('WRONG_SIGNATURE: [cut] its x-auth-client header.) \u7b7e\u540d\u9519\u8bef');
});

test('cuts an identifier at the edge of 500 characters whole', () => {
  const words = `x${'ab '.repeat(164)}ab`;
  expect(presentableVendorMessage(`${words} secret-id`, ['secret-id'])).toBe(`${words} [cut`);
  expect(presentableVendorMessage('yes '.repeat(4_500), [])).toHaveLength(500);
  // All of it is read up to the middle of an identifier.
  expect(presentableVendorMessage(`${'secret-id '.repeat(204)}secret-id`, ['secret-id'])).not.toContain('secret');
});

test.each([
  ['a sigma, whose small form depends on what follows', 'ΝΙΚΟΣ', 'no νικος!', 'no [cut]'],
  ['a text with a letter that has a longer small form', 'Alice@Example.com', 'İ: ALICE@EXAMPLE.COM', 'İ: [cut]'],
  ['one sharp s with two letters', 'Straße', 'no STRASSE here', 'no [cut] here'],
  ['letters with accents, composed or not', 'Jos\u00e9', 'no jose\u0301 here', 'no [cut] here'],
  ['characters of regular expressions', 'a.b*c(d)[e]|f', 'no A.B*C(D)[E]|F', 'no [cut]'],
])('cuts without regard to case: %s', (_what, identifier, text, shown) => {
  expect(presentableVendorMessage(text, [identifier])).toBe(shown);
});

test('cuts each word of an identifier, and words that hold all of one', () => {
  expect(presentableVendorMessage('no (Jane) of Doe\u2019s, no janedoe', ['Jane Doe'])).toBe(
    'no [cut] of [cut] no janedoe',
  );
  expect(
    presentableVendorMessage('no userjane, no \u7528\u6237\u738b\u5c0f\u660e', ['jane', '\u738b\u5c0f\u660e', '']),
  ).toBe('no [cut] no [cut]');
  expect(presentableVendorMessage('see 42 or 17', ['s', '42'])).toBe('[cut] or 17');
});

test.each<[string, string, string, string]>([
  ['in capitals with underscores', 'john.smith', 'NO_SUCH_USER_JOHN_SMITH here', '[cut] here'],
  ['in groups of numbers', '+15551234567', 'call 555 123 4567 now', 'call [cut] now'],
  ['cut short', 'annagonzalez', "no 'annagonz...' here", 'no [cut] here'],
  ['in two words', 'JaneSmith', 'no Janes Smith here', 'no [cut] here'],
])('cuts an identifier that is written %s', (_how, identifier, text, shown) => {
  expect(presentableVendorMessage(text, [identifier])).toBe(shown);
});

test.each([
  ['a list of bytes', '{"errors":[90,228,4,17],"error":"wrong"}', 'error: wrong'],
  ['bytes in a row', 'expected 90 228 4 17', 'expected 90 [cut]'],
  ['digits in a row', 'expected a 3 f 0', 'expected a [cut]'],
  ['several lines of JSON', '{"owner":"anna"}\n{"owner":"tom"}', undefined],
])('cuts %s', (_what, text, shown) => {
  expect(presentableVendorMessage(text, [])).toBe(shown);
});

test.each([
  ['API key is invalid', 'API key is invalid'],
  ['API key is hunter', 'API key is [cut]'],
  ['key = hunter', 'key [cut]'],
  ['the x-hmac-signature header does not match. Try again', 'the x-hmac-signature header does not match. Try again'],
  ['wrong password: hunter too', 'wrong password: [cut] too'],
])('cuts what may be a credential after its name: %s', (text, shown) => {
  expect(presentableVendorMessage(text, [])).toBe(shown);
});

test('writes it on one line, so that no log line can be forged', () => {
  expect(presentableVendorMessage('a\r\n\u001b[31mb\u2028c', [])).toBe('a [cut] c');
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
    '<',
    '<a ',
    "a'",
    '("',
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
