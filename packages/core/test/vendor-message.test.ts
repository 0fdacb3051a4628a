import { expect, test } from 'vitest';
import { presentableVendorMessage } from '../src/vendor-message.ts';

const secret = 'se/cr+et=Key~1 "é"';
const encodings: Record<string, string> = {
  raw: secret,
  JSON: JSON.stringify(secret),
  'JSON in ASCII, as Python and PHP write it': 'se\\/cr+et=Key~1 \\"\\u00e9\\"',
  HTML: 'se/cr+et=Key~1 &quot;&#233;&quot;',
  'HTML in hexadecimal': 'se&#x2f;cr+et=Key~1 &#x22;&#xE9;&#x22;',
  'URL-encoded in part': 'se/cr%2Bet=Key~1%20%22%C3%A9%22',
  'JSON in JSON': JSON.stringify(JSON.stringify(secret)),
  'capitals for small letters': secret.toUpperCase(),
  'URL-encoded': encodeURIComponent(secret),
  'form-encoded': new URLSearchParams({ '': secret }).toString(),
  base64: Buffer.from(secret).toString('base64'),
  base64url: Buffer.from(secret).toString('base64url'),
  hex: Buffer.from(secret).toString('hex'),
  'hex in capitals': Buffer.from(secret).toString('hex').toUpperCase(),
};

test.each(Object.entries(encodings))('cuts a secret that is %s', (_how, text) => {
  expect(presentableVendorMessage(`before ${text} after`, [secret])).toMatch(
    /^before [="\\]{0,3}\[cut\][="\\]{0,3} after$/,
  );
});

test.each([
  ['a token', 'eyJhbGciOiJIUzI1NiIsIn.eyJzdWIiOiIxMjM0In0.abc-_'],
  ['a token cut short', 'eyJhbGciOi..'],
  ['a digest', 'B600d9e76e654cdbe731dabe5d0d61bace0981263abcc26ac98e24c0d290b1a1'],
  ['a link', 'https://start.faceverify.ai/new/secret-path'],
])('cuts %s, whoever it belongs to', (_what, text) => {
  expect(presentableVendorMessage(`<${text}>`.replace('>', ' >'), [])).toBe('<[cut] >');
});

test('cuts a secret of bytes, and one that stands at the edge of 500 characters', () => {
  expect(presentableVendorMessage('x abc y', [new TextEncoder().encode('abc')])).toBe('x [cut] y');
  const message = presentableVendorMessage(`${'x'.repeat(495)}secret-key`, ['secret-key']);
  expect(message).toBe(`${'x'.repeat(495)}[cut]`);
  expect(presentableVendorMessage('y'.repeat(9_000), [])).toHaveLength(500);
});

test.each([
  [
    'a last letter whose small form depends on what follows',
    '\u039d\u0399\u039a\u039f\u03a3',
    'user \u039d\u0399\u039a\u039f\u03a3:b',
    'user [cut]:b',
  ],
  ['the same in small letters', '\u039d\u0399\u039a\u039f\u03a3', 'no \u03bd\u03b9\u03ba\u03bf\u03c2!', 'no [cut]!'],
  [
    'a text with a letter that has a longer small form',
    'Alice@Example.com',
    '\u0130: ALICE@EXAMPLE.COM',
    '\u0130: [cut]',
  ],
  ['a letter of which there are two capitals', 'stra\u00dfe \u2126', 'STRA\u1e9eE \u03c9', '[cut]'],
  ['a letter that has a longer capital', 'stra\u00dfe', 'Stra\u00dfe', '[cut]'],
])('cuts without regard to case: %s', (_what, identifier, text, shown) => {
  expect(presentableVendorMessage(text, [identifier])).toBe(shown);
});

test('cuts credentials whole, whatever short secrets are in them', () => {
  const text = `see https://verify.example/s/T777abc and eyJhbGciOiJIUzI1NiJ9.e30.abc or ${'a7'.repeat(32)}`;
  expect(presentableVendorMessage(text, ['s', '7', 'M', 'J'])).toBe('[cut]ee [cut] and [cut] or [cut]');
});

test('cuts what is shorter than it was given', () => {
  expect(presentableVendorMessage('no J\u00fcrgen M', ['J%C3%BCrgen%20M'])).toBe('no [cut]');
  expect(presentableVendorMessage('it is &#x1F600;', ['\u{1F600}'])).toBe('it is [cut]');
});

test('cuts what several secrets cover as one', () => {
  expect(presentableVendorMessage('abcd-t', ['abc', 'cd', 'c', 'u', 't'])).toBe('[cut]-[cut]');
});

test('puts it on one line, so that no log line can be forged', () => {
  expect(presentableVendorMessage('a\r\n\u001b[31mb\u2028c', [])).toBe('a [31mb c');
  expect(presentableVendorMessage(' \n ', [])).toBeUndefined();
  expect(presentableVendorMessage('', ['', 'x'])).toBeUndefined();
});

test('takes as long as the text is long, not longer', () => {
  const huge = ['x'.repeat(200_000), ...Array.from({ length: 100_000 }, (_, n) => `string number ${n}`)];
  expect(presentableVendorMessage('y'.repeat(65_536), huge)).toBeUndefined(); // Withheld: it would take too long.
  expect(presentableVendorMessage('short', huge)).toBe('short');
  // A quadratic pattern would take longer than a test may.
  for (const hostile of ['a.', 'a-', 'eyJ', 'a://', '&#1', '%2', '\\u00', '\\', 'a'.repeat(64)]) {
    const text = hostile.repeat(65_536 / hostile.length);
    expect(presentableVendorMessage(text, ['secret'])?.length).toBeLessThanOrEqual(500);
  }
});
