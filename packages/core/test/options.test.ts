import { Agent } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaceVerifyError } from '../src/errors.ts';
import { readOptions } from '../src/options.ts';

const keys = { apiKey: 'key-1', secretKey: 'secret-1' };
const environment = { FACEVERIFY_API_KEY: 'env-key', FACEVERIFY_SECRET_KEY: 'env-secret' };
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 500);

describe('options', () => {
  test('have these defaults', () => {
    expect(readOptions(keys, {})).toEqual({
      ...keys,
      baseUrl: 'https://start.faceverify.ai',
      timeoutMs: 10_000,
      attemptTimeoutMs: 5_000,
      connectTimeoutMs: 3_000,
      retry: { attempts: 3, minDelayMs: 200, maxDelayMs: 2_000 },
      allowHttp: false,
      sessionHosts: [],
      fetch: undefined,
      agent: undefined,
      onAttempt: undefined,
    });
  });

  test('come from the environment where there are none', () => {
    expect(readOptions({}, environment)).toMatchObject({ apiKey: 'env-key', secretKey: 'env-secret' });
    const elsewhere = { ...environment, FACEVERIFY_BASE_URL: 'http://127.0.0.1:4400' };
    expect(readOptions({}, elsewhere).baseUrl).toBe('http://127.0.0.1:4400');
    expect(readOptions({ baseUrl: 'https://a.example' }, elsewhere).baseUrl).toBe('https://a.example');
    expect(readOptions(keys, environment)).toMatchObject(keys);
    expect(readOptions(keys, { FACEVERIFY_BASE_URL: '' }).baseUrl).toBe('https://start.faceverify.ai');
  });

  test.each([
    ['https://a.example', 'https://a.example'],
    ['https://a.example/', 'https://a.example'],
    ['https://A.example:443', 'https://a.example'],
    ['http://127.9.9.9:1', 'http://127.9.9.9:1'],
    ['http://[::1]:4400', 'http://[::1]:4400'],
    ['http://localhost:4400', 'http://localhost:4400'],
  ])('baseUrl %s is the origin %s', (baseUrl, origin) => {
    expect(readOptions({ ...keys, baseUrl }, {}).baseUrl).toBe(origin);
  });

  test('http to a container must be allowed', () => {
    expect(readOptions({ ...keys, baseUrl: 'http://emulator:4400', allowHttp: true }, {}).baseUrl).toBe(
      'http://emulator:4400',
    );
  });

  test('retry: false sends once', () => {
    expect(readOptions({ ...keys, retry: false }, {}).retry.attempts).toBe(1);
    expect(readOptions({ ...keys, retry: { attempts: 5 } }, {}).retry).toEqual({
      attempts: 5,
      minDelayMs: 200,
      maxDelayMs: 2_000,
    });
  });

  test.each([
    '$abc',
    '$A',
    '$ABC',
    'AB==',
    'a=b',
    "it's",
    '"',
    "'",
    '"a',
    "a'",
    'Undefined',
    'null1',
    'x${A}',
    '${A',
    '{A}',
    'KEY=1',
    'a"b"a',
    '\\n',
  ])('the legal key %s passes', (key) => {
    expect(readOptions({ apiKey: key, secretKey: key }, {})).toMatchObject({ apiKey: key, secretKey: key });
  });

  test.each<[string, Uint8Array]>([
    ['that are not text', Uint8Array.of(0xef, 0xbb, 0xbf, 0xff, 0x00, 0x0a)],
    ['of a line end alone', Uint8Array.of(0x0a)],
    ['with a line end inside', new TextEncoder().encode('a\nb')],
    ['with a blank and a line end', new TextEncoder().encode('a b\n')],
    ['that happen to be words', new TextEncoder().encode('secret-1')],
  ])('a secret of bytes %s passes', (_what, secretKey) => {
    expect(readOptions({ apiKey: 'key', secretKey }, {}).secretKey).toEqual(secretKey);
  });

  test('half of all base64 secrets are not refused (fuzz)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 64 }), (bytes) => {
        const secretKey = Buffer.from(bytes).toString('base64');
        expect(readOptions({ apiKey: 'key', secretKey }, {}).secretKey).toBe(secretKey);
      }),
      { numRuns },
    );
  });

  test('keys that a log would not show are keys all the same', () => {
    const hidden = Object.defineProperties({}, { apiKey: { value: 'key-1' }, secretKey: { get: () => 'secret-1' } });
    expect(readOptions(hidden, environment)).toMatchObject(keys);
    const empty = Object.defineProperties({}, { apiKey: { value: undefined } });
    expect(() => readOptions(empty, environment)).toThrow(/^apiKey is missing/);
  });

  test('a secret of bytes is copied, so that nobody changes it later', () => {
    const secretKey = Uint8Array.of(1, 2, 3);
    const settings = readOptions({ apiKey: 'key', secretKey }, {});
    secretKey.fill(0);
    expect(settings.secretKey).toEqual(Uint8Array.of(1, 2, 3));
  });

  test.each<[string, unknown, RegExp]>([
    ['nothing at all', {}, /^apiKey is missing. Set FACEVERIFY_API_KEY, or pass/],
    ['a key without a secret', { apiKey: 'key' }, /^secretKey is missing. Pass both/],
    ['a secret without a key', { secretKey: 'secret' }, /^apiKey is missing. Pass both/],
    ['a key that is undefined', { apiKey: undefined, secretKey: 's' }, /^apiKey is missing. .*the variable/],
    ['a secret that is undefined', { apiKey: 'k', secretKey: undefined }, /^secretKey is missing. .*the variable/],
    ['a key with a line end', { ...keys, apiKey: 'KEY\n' }, /^apiKey holds a byte order mark or a line end/],
    ['a key with a header in it', { ...keys, apiKey: 'K\r\nX: y' }, /^apiKey must be printable/],
    ['a secret with a blank', { ...keys, secretKey: 'SEC RET' }, /^secretKey must be printable/],
    ...['"key-1"', "'key-1'", '`key-1`'].map((apiKey): [string, unknown, RegExp] => [
      `a key in quotes ${apiKey}`,
      { ...keys, apiKey },
      /^apiKey has quotes around it/,
    ]),
    ...['undefined', 'null'].map((secretKey): [string, unknown, RegExp] => [
      `the word ${secretKey}`,
      { ...keys, secretKey },
      /^secretKey is "undefined" or "null"/,
    ]),
    ...['${SECRET}', '${FACEVERIFY_SECRET_KEY}', '$FACEVERIFY_SECRET_KEY', '$API_KEY'].map(
      (secretKey): [string, unknown, RegExp] => [
        `the variable ${secretKey}`,
        { ...keys, secretKey },
        /^secretKey is the name of a variable/,
      ],
    ),
    ...['FACEVERIFY_API_KEY=abc', 'FACEVERIFY_SECRET_KEY=abc'].map((secretKey): [string, unknown, RegExp] => [
      `a line ${secretKey}`,
      { ...keys, secretKey },
      /^secretKey begins with the name of its variable/,
    ]),
    ['a byte order mark', { ...keys, apiKey: '\ufeffkey-1' }, /^apiKey holds a byte order mark/],
    ...['secret-1\n', 'secret-1\r\n', '\ufeffsecret-1', '\nsecret-1'].map((text): [string, unknown, RegExp] => [
      `bytes of ${JSON.stringify(text)}`,
      { ...keys, secretKey: new TextEncoder().encode(text) },
      /^secretKey holds a byte order mark or a line end/,
    ]),
    ['an empty secret', { ...keys, secretKey: '' }, /^secretKey is missing/],
    ['a secret of no bytes', { ...keys, secretKey: new Uint8Array() }, /^secretKey must be printable/],
    ['a number for a key', { ...keys, apiKey: 7 }, /^apiKey must be printable/],
    ['an unknown option', { ...keys, timeout: 5 }, /no option "timeout". Options: apiKey, secretKey, baseUrl,/],
    [
      'a class with keys',
      new (class {
        readonly apiKey = 'key';
        readonly secretKey = 'secret';
      })(),
      /^options must be a plain object/,
    ],
    ['inherited keys', Object.create(keys), /^options must be a plain object/],
    [
      'keys inherited from an object without a prototype',
      Object.create(Object.assign(Object.create(null) as object, keys)),
      /^options must be a plain object/,
    ],
    ['a Map of keys', new Map(Object.entries(keys)), /^options must be a plain object/],
    ['a promise that was not awaited', Promise.resolve(keys), /^options must be a plain object/],
    ['a list with keys', Object.assign([], keys), /^options must be a plain object/],
    ['a symbol for a name', { ...keys, [Symbol('timeoutMs')]: 1 }, /has no option "Symbol\(timeoutMs\)"/],
    ['null', null, /^options must be a plain object/],
    ['a string', 'key', /^options must be a plain object/],
    [
      'http elsewhere',
      { ...keys, baseUrl: 'http://a.example' },
      /^baseUrl must be https. To allow http, set allowHttp: true/,
    ],
    [
      'a host that only looks like loopback',
      { ...keys, baseUrl: 'http://127.0.0.1.evil.example' },
      /^baseUrl must be https/,
    ],
    ['a path', { ...keys, baseUrl: 'https://a.example/api/v1' }, /^baseUrl must be an origin/],
    ['a query', { ...keys, baseUrl: 'https://a.example?a' }, /^baseUrl must be an origin/],
    ['user info', { ...keys, baseUrl: 'https://u:p@a.example' }, /^baseUrl must be an origin/],
    ['another scheme', { ...keys, baseUrl: 'ftp://a.example' }, /^baseUrl must be an origin/],
    ['no scheme', { ...keys, baseUrl: 'a.example' }, /^baseUrl must be an origin/],
    ['allowHttp as text', { ...keys, allowHttp: 'yes' }, /^allowHttp must be true or false/],
    ['no time at all', { ...keys, timeoutMs: 0 }, /^timeoutMs must be a whole number from 1 to 600000/],
    ['time without end', { ...keys, attemptTimeoutMs: Infinity }, /^attemptTimeoutMs must be/],
    ['time that is none', { ...keys, connectTimeoutMs: Number.NaN }, /^connectTimeoutMs must be/],
    ['time as text', { ...keys, timeoutMs: '5s' }, /^timeoutMs must be/],
    ['retry: true', { ...keys, retry: true }, /^retry must be a plain object/],
    ['no attempts', { ...keys, retry: { attempts: 0 } }, /^attempts must be a whole number from 1 to 10/],
    ['half attempts', { ...keys, retry: { attempts: 1.5 } }, /^attempts must be a whole number from 1 to 10/],
    ['an unknown retry option', { ...keys, retry: { max: 3 } }, /^retry has no option "max"/],
    ['a host with a scheme', { ...keys, sessionHosts: ['https://a.example'] }, /^sessionHosts must be/],
    ['a host in capitals', { ...keys, sessionHosts: ['A.example'] }, /^sessionHosts must be/],
    ['a host with a default port', { ...keys, sessionHosts: ['a.example:443'] }, /^sessionHosts must be/],
    ['a single host', { ...keys, sessionHosts: 'a.example' }, /^sessionHosts must be/],
    ['fetch that is no function', { ...keys, fetch: {} }, /^fetch must be a function/],
    ['agent that is none', { ...keys, agent: {} }, /^agent must be an Agent/],
    ['agent with fetch', { ...keys, agent: new Agent(), fetch }, /^agent has no effect with fetch/],
    ['a hook that is none', { ...keys, onAttempt: 'log' }, /^onAttempt must be a function/],
  ])('refuse %s', (_what, options, message) => {
    const refusal = (): unknown => readOptions(options, {});
    expect(refusal).toThrow(FaceVerifyError);
    expect(refusal).toThrow(message);
    expect(refusal).toThrow(expect.objectContaining({ code: 'invalid_options' }));
  });

  test('a polluted prototype changes nothing', () => {
    const prototype: Record<string, unknown> = Object.prototype as never;
    const polluted = {
      baseUrl: 'https://evil.example',
      fetch: () => undefined,
      retry: false,
      apiKey: 'evil',
      FACEVERIFY_API_KEY: 'evil',
    };
    Object.assign(prototype, polluted);
    try {
      const settings = readOptions(keys, {});
      expect(settings).toMatchObject({ ...keys, baseUrl: 'https://start.faceverify.ai' });
      expect(settings.retry.attempts).toBe(3);
      expect(settings.fetch).toBeUndefined();
      expect(() => readOptions({}, {})).toThrow(/^apiKey is missing/);
    } finally {
      for (const name of Object.keys(polluted)) delete prototype[name];
    }
  });

  test('never throw anything else, and never quote a key (fuzz)', () => {
    const wild = fc.oneof(
      fc.anything(),
      fc.dictionary(
        fc.constantFrom('apiKey', 'secretKey', 'baseUrl', 'timeoutMs', 'retry', 'sessionHosts', 'agent'),
        fc.anything(),
      ),
      fc.record({
        apiKey: fc.string({ minLength: 8 }),
        secretKey: fc.string({ minLength: 8 }),
        baseUrl: fc.oneof(fc.webUrl(), fc.string()),
      }),
    );
    fc.assert(
      fc.property(wild, (options) => {
        try {
          expect(new URL(readOptions(options, environment).baseUrl).protocol).toMatch(/^https?:$/);
        } catch (error) {
          if (!FaceVerifyError.is(error)) throw error;
          expect(error.code).toBe('invalid_options');
          const { secretKey } = Object(options) as { secretKey?: unknown };
          if (typeof secretKey === 'string' && secretKey.length >= 8) expect(error.message).not.toContain(secretKey);
        }
      }),
      { numRuns },
    );
  });
});
