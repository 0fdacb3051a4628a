import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaceVerify } from '../src/client.ts';
import { API_KEY, clientOf, SECRET_KEY } from './client-of.ts';
import { documentedAnswer, httpAnswer, type RawRequest, type RawServer, startRawServer } from './raw-server.ts';

/** The string to sign, rebuilt from the bytes on the wire alone, without any code of the core. */
function signatureOf({ method, target, headers, body }: RawRequest): string {
  const [path, query = ''] = target.split('?');
  return createHmac('sha256', SECRET_KEY)
    .update(`${method}\n${path}\n${query}\n${headers['x-auth-client']}\n${headers['content-type']}\n`)
    .update(body)
    .digest('hex');
}

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
const wellFormed = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '');
const country = fc.constantFrom('US', 'DE', 'Österreich', '日本');
const segment = fc.stringMatching(/^[A-Za-z0-9_.~!$&'()*+,=:@-]{1,12}$/).filter((text) => !/^\.{1,2}$/.test(text));

describe('what is sent verifies (fuzz)', () => {
  let server: RawServer;
  let client: FaceVerify;
  beforeAll(async () => {
    server = await startRawServer((_request, socket) => socket.write(httpAnswer(documentedAnswer(server.url))));
    client = clientOf({ baseUrl: server.url });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });
  const last = (): RawRequest => {
    const request = server.requests.at(-1);
    if (request === undefined) throw new Error('Nothing arrived.');
    return request;
  };

  test('createSession', async () => {
    const params = fc.record({ uniqueIdentifier: wellFormed, country }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(params, async (given) => {
        await client.createSession(given);
        const request = last();
        expect(request.headers['x-hmac-signature']).toBe(signatureOf(request));
        expect(request.headers['x-auth-client']).toBe(API_KEY);
        expect(request.headers['content-type']).toBe('application/json');
        expect(JSON.parse(request.body.toString())).toEqual(given);
      }),
      { numRuns },
    );
  });

  test('request', async () => {
    const call = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      path: fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`),
      query: fc.dictionary(wellFormed, fc.string({ unit: 'grapheme' }), { maxKeys: 4 }),
      body: fc.option(fc.jsonValue(), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(call, async ({ method, path, query, body }) => {
        await client.request(method, path, { query, ...(method !== 'GET' && { body }) });
        const request = last();
        expect(request.headers['x-hmac-signature']).toBe(signatureOf(request));
        expect(request.target.split('?')[0]).toBe(path);
        expect(Object.fromEntries(new URLSearchParams(request.target.split('?')[1]))).toEqual(query);
        expect(request.body.toString()).toBe(method === 'GET' || body === undefined ? '' : JSON.stringify(body));
      }),
      { numRuns },
    );
  });

  test('the body of the documented example is the compact one of the vectors', async () => {
    await client.createSession({ uniqueIdentifier: 'user123', country: 'US' });
    expect(last().body.toString()).toBe('{"country":"US","uniqueIdentifier":"user123"}');
    await client.createSession();
    expect(last().body.toString()).toBe('{}');
    await client.createSession({ country: 'US' });
    expect(last().body.toString()).toBe('{"country":"US"}');
  });
});
