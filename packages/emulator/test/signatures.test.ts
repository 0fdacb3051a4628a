import { createEmulator } from '@faceverify/emulator';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import ambiguousUrls from '../../core/test/vectors/ambiguous-urls.json' with { type: 'json' };
import signatures from '../../core/test/vectors/signatures.json' with { type: 'json' };
import type { Listening } from '../src/server.ts';
import { type Send, sendByFetch, sendBySocket, signedRequest, type WireRequest } from './signed-request.ts';

const emulator = createEmulator();
let listening: Listening;
const WAYS: readonly (readonly [way: string, send: Send])[] = [
  ['by fetch', sendByFetch(emulator)],
  ['over a socket', (request) => sendBySocket(listening.port)(request)],
];

beforeAll(async () => {
  listening = await emulator.listen();
});
afterEach(() => emulator.reset());
afterAll(() => listening.close());

/** The code of the refusal, or `accepted`. */
function verdict(): string | undefined {
  const [received] = emulator.received;
  return received?.accepted === true ? 'accepted' : received?.refusal?.code;
}

/** The results for a valid signature: some vectors are for another call than the documented one. */
const VALIDLY_SIGNED = new Set(['accepted', 'unknown_call', 'malformed_body']);

describe.each(WAYS)('a request that arrives %s', (way, send) => {
  test.each(signatures)('has a valid signature: $name', async (vector) => {
    const { method, url, contentType, apiKey, secretKey, body, signature } = vector;
    const one = createEmulator({ clients: { [apiKey]: secretKey } });
    const { port, close } = await one.listen();
    const { pathname, search } = new URL(url);
    const sendVector = way === 'over a socket' ? sendBySocket(port) : sendByFetch(one);
    const headers = { 'content-type': contentType, 'x-auth-client': apiKey, 'x-hmac-signature': signature };
    await sendVector({ method, target: pathname + search, headers, body: Buffer.from(body) });
    await close();
    expect(one.received).toHaveLength(1);
    const [received] = one.received;
    expect(VALIDLY_SIGNED).toContain(received?.refusal?.code ?? 'accepted');
    expect(received).toMatchObject({ method, target: pathname + search, body, apiKey });
  });

  const valid = signedRequest();
  const { 'x-auth-client': _client, ...withoutClient } = valid.headers;
  const { 'x-hmac-signature': _signature, ...withoutSignature } = valid.headers;
  const signature = valid.headers['x-hmac-signature'] ?? '';
  const withHeaders = (headers: Record<string, string>): WireRequest => ({
    ...valid,
    headers: { ...valid.headers, ...headers },
  });

  const refusals: readonly [name: string, request: WireRequest, status: number, code: string, message: RegExp][] = [
    ['no client', { ...valid, headers: withoutClient }, 400, 'missing_client', /x-auth-client is missing/],
    [
      'a bearer token instead of a client',
      { ...valid, headers: { ...withoutClient, authorization: 'Bearer abc' } },
      400,
      'missing_client',
      /does not document the header authorization/,
    ],
    ['no signature', { ...valid, headers: withoutSignature }, 400, 'missing_signature', /x-hmac-signature is missing/],
    ['an unknown client', signedRequest({ apiKey: 'somebody' }), 400, 'unknown_client', /is unknown/],
    [
      'a name of Object.prototype as client',
      signedRequest({ apiKey: 'constructor' }),
      400,
      'unknown_client',
      /unknown/,
    ],
    ...[
      ['"emulator-api-key"', 'its quotes'],
      ["'emulator-api-key'", 'its quotes'],
      ['emulator-api-key"', 'its quotes'],
      ['`emulator-api-key`', 'its quotes'],
      [Buffer.from('“emulator-api-key”').toString('latin1'), 'its quotes'],
      ['emulator-api- key', 'its spaces'],
      ['Emulator-API-key', 'upper and lower case'],
      ['" Emulator-api-key"', 'its quotes and its spaces and upper and lower case'],
    ].map(([apiKey = '', difference]): [string, WireRequest, number, string, RegExp] => [
      `the key ${apiKey}`,
      signedRequest({ apiKey }),
      400,
      'unknown_client',
      new RegExp(`is unknown\\. It is a known one except for ${difference}: send`),
    ]),
    [
      'swapped keys',
      signedRequest({ apiKey: 'emulator-secret-key', secretKey: 'emulator-api-key' }),
      400,
      'unknown_client',
      /API key and secret key are swapped/,
    ],
    [
      'another secret',
      signedRequest({ secretKey: 'other' }),
      400,
      'wrong_signature',
      /secret key belongs to the API key/,
    ],
    ['an empty signature', withHeaders({ 'x-hmac-signature': '' }), 400, 'missing_signature', /missing/],
    ['a signature cut short', withHeaders({ 'x-hmac-signature': signature.slice(2) }), 400, 'wrong_signature', /wrong/],
    [
      'an upper-case signature',
      withHeaders({ 'x-hmac-signature': signature.toUpperCase() }),
      400,
      'wrong_signature',
      /lower-case hexadecimal/,
    ],
    [
      'a base64 signature',
      withHeaders({ 'x-hmac-signature': Buffer.from(signature, 'hex').toString('base64') }),
      400,
      'wrong_signature',
      /lower-case hexadecimal/,
    ],
    [
      'a body that was serialised twice',
      signedRequest({}, { body: '{"uniqueIdentifier": "user123"}' }),
      400,
      'wrong_signature',
      /Serialise it once/,
    ],
    [
      'an added charset',
      signedRequest({ contentType: 'application/json; charset=utf-8' }, { contentType: 'application/json' }),
      400,
      'wrong_signature',
      /content type that was signed is not the one that was sent/,
    ],
    ['a lower-case method signed', signedRequest({}, { method: 'post' }), 400, 'wrong_signature', /upper case/],
    ['a trailing slash signed', signedRequest({}, { target: '/api/v1/session/' }), 400, 'wrong_signature', /slash/],
    [
      'a line end in the secret',
      signedRequest({}, { secretKey: 'emulator-secret-key\n' }),
      400,
      'wrong_signature',
      /Trim/,
    ],
    [
      'a query encoded differently',
      signedRequest({ target: '/api/v1/session?a=x+y' }, { target: '/api/v1/session?a=x%20y' }),
      400,
      'wrong_signature',
      /query that was signed is encoded differently/,
    ],
    [
      'a byte order mark that was not signed',
      signedRequest({ body: '\uFEFF{}' }, { body: '{}' }),
      400,
      'wrong_signature',
      /byte order mark/,
    ],
    [
      'a body other than the signed one, too large to be explained',
      signedRequest({ body: JSON.stringify({ uniqueIdentifier: 'x'.repeat(20_000) }) }, { body: '' }),
      400,
      'wrong_signature',
      /too large to look for common mistakes\. The emulator checked it for: method POST, .* body of 20023 bytes/,
    ],
    ['a body that is not JSON', signedRequest({ body: 'user=1' }), 400, 'malformed_body', /not JSON/],
    ['a byte order mark', signedRequest({ body: '\uFEFF{}' }), 400, 'malformed_body', /not JSON/],
    [
      'bytes that are not UTF-8',
      signedRequest({ body: Buffer.from([0x22, 0xff, 0x22]) }),
      400,
      'malformed_body',
      /UTF-8/,
    ],
    ['no body', signedRequest({ body: '' }), 400, 'malformed_body', /empty/],
    ['an array', signedRequest({ body: '[]' }), 400, 'malformed_body', /not a JSON object/],
    ['null', signedRequest({ body: 'null' }), 400, 'malformed_body', /not a JSON object/],
    [
      'a number as identifier',
      signedRequest({ body: '{"uniqueIdentifier":7}' }),
      400,
      'malformed_body',
      /uniqueIdentifier must be a string that is not empty\. Send/,
    ],
    [
      'null as identifier',
      signedRequest({ body: '{"uniqueIdentifier":null}' }),
      400,
      'malformed_body',
      /must be a string/,
    ],
    ['an empty identifier', signedRequest({ body: '{"uniqueIdentifier":""}' }), 400, 'malformed_body', /empty/],
    ['a country that is not a string', signedRequest({ body: '{"country":1}' }), 400, 'malformed_body', /country/],
    [
      'a field with a typo',
      signedRequest({ body: '{"uniqueIdentifer":"a"}' }),
      400,
      'malformed_body',
      /"uniqueIdentifer"/,
    ],
    [
      'a field __proto__',
      signedRequest({ body: '{"__proto__":{"country":"US"}}' }),
      400,
      'malformed_body',
      /__proto__/,
    ],
    ['a body of 200 KB', signedRequest({ body: ' '.repeat(200_000) }), 413, 'body_too_large', /larger than 128 KiB/],
    ['another path', signedRequest({ target: '/api/v1/sessions' }), 404, 'unknown_call', /no other path/],
    ['a path outside the API', signedRequest({ target: '/session' }), 404, 'unknown_call', /no other path/],
    ['another method', signedRequest({ method: 'PUT' }), 405, 'unknown_call', /no other method/],
  ];

  test.each(refusals)('is refused with %s', async (_name, request, status, code, message) => {
    const answer = await send(request);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({
      success: false,
      code,
      message: expect.stringMatching(message) as unknown,
    });
    expect(emulator.received).toMatchObject([
      { accepted: false, refusal: { status, code }, uniqueIdentifier: undefined },
    ]);
    expect(emulator.sessions).toEqual([]);
    expect(answer.headers.get('allow')).toBe(status === 405 ? 'POST' : null);
    for (const hidden of ['emulator-secret-key', 'user123', signature]) expect(answer.text).not.toContain(hidden);
  });

  test.each([
    ['Python writes JSON', { body: '{"country": "US", "uniqueIdentifier": "user123"}' }],
    ['the content type names a charset', { contentType: 'application/json; charset=utf-8' }],
    ['it has no identifier', { body: '{}' }],
    ['the identifier is not ASCII', { body: '{"uniqueIdentifier":"Ωß日本🏳️‍🌈"}' }],
    ['there is a query', { target: '/api/v1/session?a=x+y&b=%C3%A9' }],
  ])('is accepted if %s', async (_name, parts) => {
    expect((await send(signedRequest(parts))).status).toBe(200);
    expect(verdict()).toBe('accepted');
  });
});

test.each([
  ["it's-key", "It's-key", 'upper and lower case'],
  ["it's-key", 'its-key', 'its quotes'],
])('tells the known API key %s from %s', async (known, sent, difference) => {
  const one = createEmulator({ clients: { [known]: 'emulator-secret-key' } });
  await sendByFetch(one)(signedRequest({ apiKey: sent }));
  expect(one.received[0]?.refusal?.message).toContain(`except for ${difference}:`);
});

describe('a signature with one changed digit', () => {
  test.each(signatures.slice(0, 4))('is wrong: $name', async ({ signature, ...vector }) => {
    const { apiKey, secretKey, url, method, contentType, body } = vector;
    const one = createEmulator({ clients: { [apiKey]: secretKey } });
    const changed = (signature.startsWith('0') ? '1' : '0') + signature.slice(1);
    const headers = { 'content-type': contentType, 'x-auth-client': apiKey, 'x-hmac-signature': changed };
    const { pathname, search } = new URL(url);
    await sendByFetch(one)({ method, target: pathname + search, headers, body: Buffer.from(body) });
    expect(one.received[0]?.refusal?.code).toBe('wrong_signature');
  });
});

describe('a URL that the vendor’s code examples read differently', () => {
  const targets = ambiguousUrls
    .map(({ url, why }) => ({ target: /^https:\/\/start\.faceverify\.ai(\/[!-~]*)$/.exec(url)?.[1], why }))
    .flatMap(({ target, why }) => (target === undefined ? [] : [{ target, why }]));

  test('is tested in more than 15 forms', () => expect(targets.length).toBeGreaterThan(15));

  test.each(targets)('is refused although signed as it is sent: $target, $why', async ({ target }) => {
    const { status, text } = await sendBySocket(listening.port)(signedRequest({ target }));
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      code: 'ambiguous_request',
      message: expect.stringMatching(/The url has/),
    });
  });

  test('an absolute URL, as sent to a proxy, is checked without its origin', async () => {
    const request = signedRequest();
    const target = `http://127.0.0.1:${listening.port}${request.target}`;
    expect((await sendBySocket(listening.port)({ ...request, target })).status).toBe(200);
    expect(emulator.received[0]?.target).toBe('/api/v1/session');
  });
});
