import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as node from '../src/platform/node.ts';
import * as web from '../src/platform/web.ts';
import { requestTarget } from '../src/request-target.ts';
import { signingHead, signRequest } from '../src/signing.ts';

interface Generated {
  method: string;
  rest: string;
  apiKey: string;
  contentType: string;
  body: string;
}

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 500);

test('both platforms give the same digest for keys of 1 to 200 bytes (fuzz)', async () => {
  const key = fc.uint8Array({ minLength: 1, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(
      key,
      fc.string({ unit: 'binary' }),
      fc.oneof(fc.uint8Array(), fc.string()),
      async (secret, head, body) => {
        // A lone surrogate has no bytes of its own: both write U+FFFD for it.
        expect(await web.hmacSha256(secret)(head, body)).toBe(await node.hmacSha256(secret)(head, body));
      },
    ),
    { numRuns },
  );
});

test('no two different requests give the same string to sign (fuzz)', () => {
  const part = fc.constantFrom('/', 'a', 'b', '?', 'a=1', '&b=2', '\n', '%0A', 'POST', '{}', ' ');
  const pieces = fc.array(part, { maxLength: 5 }).map((texts) => texts.join(''));
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST'),
    rest: pieces,
    apiKey: fc.constantFrom('a', 'aa', 'a/b'),
    contentType: fc.constantFrom('application/json', 'text/plain', 'a b'),
    body: pieces,
  });
  const stringOf = ({ method, rest, apiKey, contentType, body }: Generated): string | undefined => {
    try {
      const { path, query } = requestTarget(`https://a.example/${rest}`);
      return signingHead(method, path, query, apiKey, contentType) + body;
    } catch {
      return undefined; // Refused: it is never signed.
    }
  };
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(request, (given) => {
      const string = stringOf(given);
      if (string === undefined) return;
      const { rest, ...others } = given;
      // What differs only in a bare "?" or in nothing is sent as the same request.
      const identity = JSON.stringify([rest.replace(/\?$/, ''), others]);
      expect(seen.get(string) ?? identity).toBe(identity);
      seen.set(string, identity);
    }),
    { numRuns },
  );
  expect(seen.size).toBeGreaterThan(numRuns / 50);
});

test('signRequest resolves or says which field to fix, whatever it is given (fuzz)', async () => {
  const field = fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true }), fc.anything());
  const request = fc.record({
    method: fc.oneof(fc.constant('POST'), field),
    url: field,
    body: field,
    contentType: field,
    apiKey: field,
    secretKey: field,
  });
  await fc.assert(
    fc.asyncProperty(request, async (given) => {
      // Safe: the wrong types are the point.
      const outcome = await signRequest(given as Parameters<typeof signRequest>[0]).then(
        ({ signature }) => signature,
        (error: unknown) => Object(error).code,
      );
      expect(outcome).toMatch(/^(?:[0-9a-f]{64}|invalid_params)$/);
    }),
    { numRuns },
  );
});
