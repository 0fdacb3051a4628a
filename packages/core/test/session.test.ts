import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Failure, FaceVerifyError } from '../src/errors.ts';
import { type FaceVerifyOptions, readOptions } from '../src/options.ts';
import type { HttpResponse } from '../src/response.ts';
import { readSession, sessionRequest } from '../src/session.ts';

const keys = { apiKey: 'key', secretKey: 'secret' };
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 500);

describe('what goes in', () => {
  test.each<[string, unknown, string]>([
    [
      'both, country first',
      { uniqueIdentifier: 'user123', country: 'US' },
      '{"country":"US","uniqueIdentifier":"user123"}',
    ],
    ['nothing', {}, '{}'],
    ['a country that is undefined', { uniqueIdentifier: 'a', country: undefined }, '{"uniqueIdentifier":"a"}'],
    ['a composed accent, as it is', { uniqueIdentifier: '\u00e9' }, '{"uniqueIdentifier":"\u00e9"}'],
    ['a combining accent, as it is', { uniqueIdentifier: 'e\u0301' }, '{"uniqueIdentifier":"e\u0301"}'],
    ['blanks, as they are', { uniqueIdentifier: ' a ' }, '{"uniqueIdentifier":" a "}'],
    ...['Undefined', 'NULL', 'nan', 'user-undefined', 'undefined ', '[object Date]', '0', 'false'].map(
      (text): [string, unknown, string] => [
        `the text ${text}`,
        { uniqueIdentifier: text },
        `{"uniqueIdentifier":"${text}"}`,
      ],
    ),
    ['1,024 bytes', { uniqueIdentifier: 'é'.repeat(512) }, `{"uniqueIdentifier":"${'é'.repeat(512)}"}`],
  ])('%s', (_what, params, body) => {
    expect(sessionRequest(params).body).toBe(body);
  });

  test.each<[string, unknown, RegExp]>([
    [
      'an identifier that is undefined',
      { uniqueIdentifier: undefined },
      /but is undefined. Check that a user is signed in/,
    ],
    ['null', { uniqueIdentifier: null }, /but is null. Check/],
    ['a number', { uniqueIdentifier: 7 }, /but is number. Check that a user is signed in/],
    ['an array', { uniqueIdentifier: ['a'] }, /but is object/],
    ['a String object', { uniqueIdentifier: new String('a') }, /but is object/],
    ['an empty identifier', { uniqueIdentifier: '' }, /is blank/],
    ['blanks', { uniqueIdentifier: ' \n\u00a0' }, /is blank/],
    ...['undefined', 'null', 'NaN', '[object Object]', '[object Promise]'].map((text): [string, unknown, RegExp] => [
      `the text ${text}`,
      { uniqueIdentifier: text },
      /all such users would share a link/,
    ]),
    ['1,025 bytes', { uniqueIdentifier: `${'é'.repeat(512)}a` }, /longer than 1024 bytes/],
    ['a high surrogate alone', { uniqueIdentifier: 'a\ud800' }, /surrogate/],
    ['a low surrogate alone', { uniqueIdentifier: '\udc00a' }, /surrogate/],
    ['an empty country', { country: '' }, /^country/],
    ['a country with a line end', { country: 'US\n' }, /^country/],
    ['a country of 65 characters', { country: 'x'.repeat(65) }, /^country/],
    ['a country that is null', { country: null }, /^country/],
    ['a misspelt parameter', { uniqueIdentifer: 'a' }, /no option "uniqueIdentifer".*country, uniqueIdentifier/],
    ['no object', 'user123', /must be a plain object/],
    ['null for parameters', null, /must be a plain object/],
    ['an array for parameters', ['user123'], /must be a plain object/],
    ['an id that is inherited', Object.create({ uniqueIdentifier: 'a' }), /must be a plain object/],
    [
      'an id that a class computes',
      new (class {
        get uniqueIdentifier(): string {
          return 'a';
        }
      })(),
      /must be a plain object/,
    ],
  ])('refuses %s', (_what, params, message) => {
    const refusal = (): unknown => sessionRequest(params);
    expect(refusal).toThrow(FaceVerifyError);
    expect(refusal).toThrow(message);
    expect(refusal).toThrow(expect.objectContaining({ code: 'invalid_params' }));
  });

  test('a polluted prototype chooses nobody', () => {
    const prototype: Record<string, unknown> = Object.prototype as never;
    prototype['uniqueIdentifier'] = 'victim';
    prototype['country'] = 'XX';
    try {
      expect(sessionRequest({}).body).toBe('{}');
    } finally {
      delete prototype['uniqueIdentifier'];
      delete prototype['country'];
    }
  });
});

describe('what comes back', () => {
  const settings = readOptions({ ...keys, sessionHosts: ['verify.example.com', 'other.example.com:8443'] }, {});
  const answer = (data: Record<string, unknown> = {}, success: unknown = true): unknown => ({
    success,
    data: { sessionId: 's', baseUrl: 'b', Token: 't', url: 'https://start.faceverify.ai/new/x', ...data },
    more: 1,
  });
  const responseOf = (json: unknown): HttpResponse => ({
    status: 200,
    retryAfter: undefined,
    body: JSON.stringify(json) ?? '',
  });
  const codeOf = (json: unknown, own = settings): unknown => {
    const result = readSession(responseOf(json), own);
    return result instanceof Failure ? result.code : result;
  };

  test.each([
    'https://start.faceverify.ai/new/x',
    'https://start.faceverify.ai:443/new/x',
    'https://START.faceverify.ai/new/x?a=b#c',
    'https://verify.example.com/x@y',
    'https://other.example.com:8443/',
  ])('takes %s', (url) => {
    expect(codeOf(answer({ url }))).toEqual({ sessionId: 's', baseUrl: 'b', token: 't', url });
  });

  test.each([
    'http://start.faceverify.ai/new/x',
    'https://start.faceverify.ai@evil.example/',
    'https://user@start.faceverify.ai/',
    'https://:pw@start.faceverify.ai/',
    'https://start.faceverify.ai.evil.example/',
    'https://evil.example/https://start.faceverify.ai/',
    'https://start.faceverify.ai:8443/',
    'https://other.example.com/',
    'https:\\\\start.faceverify.ai\\x',
    'https://start.faceverify.ai\\@evil.example/',
    '\\\\evil.example',
    '//start.faceverify.ai/',
    '/new/x',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://start.faceverify.ai/\r\nset-cookie:a=b',
    'https://start.faceverify.ai/ x',
    'https://start.faceverify.ai/é',
    ' https://start.faceverify.ai/',
    '',
  ])('refuses the url %j', (url) => {
    expect(codeOf(answer({ url }))).toBe('bad_response');
  });

  test('names the option to add for another host', () => {
    const result = readSession(responseOf(answer({ url: 'https://new.example/' })), settings);
    expect(result).toMatchObject({ advice: expect.stringMatching(/^(?!.*new.example).*sessionHosts/) });
  });

  test.each<[string, boolean, FaceVerifyOptions]>([
    ['http://127.0.0.1:4400/new/x', true, { baseUrl: 'http://127.0.0.1:4400' }],
    ['http://localhost:4400/new/x', true, { baseUrl: 'http://127.0.0.1:4400', sessionHosts: ['localhost:4400'] }],
    ['http://[::1]:4400/new/x', true, { sessionHosts: ['[::1]:4400'] }],
    ['http://localhost:4400/new/x', false, {}],
    ['http://emulator:4400/new/x', true, { baseUrl: 'http://emulator:4400', allowHttp: true }],
    ['http://other:4400/new/x', false, { baseUrl: 'http://emulator:4400', allowHttp: true }],
    ['http://other:4400/', false, { baseUrl: 'http://127.0.0.1:4400', sessionHosts: ['other:4400'] }],
    ['http://other/', true, { baseUrl: 'http://127.0.0.1:4400', sessionHosts: ['other'], allowHttp: true }],
    ['http://start.faceverify.ai/new/x', false, { allowHttp: true }],
  ])('over http, %s is allowed: %s', (url, allowed, options) => {
    const result = codeOf(answer({ url }), readOptions({ ...keys, ...options }, {}));
    if (allowed) expect(result).toMatchObject({ url });
    else expect(result).toBe('bad_response');
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['an array', []],
    ['a string', 'yes'],
    ['no data', { success: true }],
    ['data null', { success: true, data: null }],
    ['success missing', { data: {} }],
    ['success as text', answer({}, 'true')],
    ['a number for an id', answer({ sessionId: 1 })],
    ['no token', answer({ Token: undefined })],
    ['a list for a url', answer({ url: ['https://start.faceverify.ai/'] })],
    ['null for a base URL', answer({ baseUrl: null })],
  ])('refuses %s', (_what, json) => {
    expect(codeOf(json)).toBe('bad_response');
  });

  test('success: false is a refusal of the vendor', () => {
    expect(codeOf(answer({}, false))).toBe('rejected');
  });

  test('never throws, and gives nothing but a session with an allowed url (fuzz)', () => {
    const anything = fc.jsonValue();
    const almost = fc.record({
      success: fc.oneof(fc.constant(true), anything),
      data: fc.oneof(
        anything,
        fc.record({
          sessionId: fc.oneof(fc.string(), anything),
          baseUrl: fc.string(),
          Token: fc.string(),
          url: fc.oneof(fc.webUrl(), fc.string()),
        }),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(anything, almost), (json) => {
        const result = readSession(responseOf(json), settings);
        if (result instanceof Failure) expect(['bad_response', 'rejected']).toContain(result.code);
        else {
          expect(new URL(result.url).host).toMatch(
            /^(?:start\.faceverify\.ai|verify\.example\.com|other\.example\.com:8443)$/,
          );
        }
      }),
      { numRuns },
    );
  });

  test('the url guard lets through only what leads to an allowed host (fuzz)', () => {
    const piece = fc.constantFrom(
      'https:',
      'http:',
      '//',
      '/',
      '\\',
      '@',
      ':',
      '?',
      '#',
      '.',
      'start.faceverify.ai',
      'evil.example',
      '443',
      '%2f',
      '%00',
      '\t',
      '\n',
      ' ',
      'user',
      '[::1]',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 9 }), (pieces) => {
        const url = pieces.join('');
        if (codeOf(answer({ url })) === 'bad_response') return;
        // As a browser would read a Location header.
        const { protocol, host, username, password } = new URL(url, 'https://app.example/');
        expect([protocol, host, username, password]).toEqual(['https:', 'start.faceverify.ai', '', '']);
        // oxlint-disable-next-line no-control-regex -- Nothing that could end a header line.
        expect(url).not.toMatch(/[\u0000-\u0020\\]/);
      }),
      { numRuns },
    );
  });
});
