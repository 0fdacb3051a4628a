import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { hmacSha256 } from '#platform';
import { explainSignature } from '../src/diagnose/index.ts';
import { FaceVerifyError } from '../src/errors.ts';
import { requestTarget } from '../src/request-target.ts';
import { type SignableRequest, signRequest, verifyRequest } from '../src/signing.ts';
import { rejection } from './client-of.ts';
import ambiguousUrls from './vectors/ambiguous-urls.json' with { type: 'json' };
import signatures from './vectors/signatures.json' with { type: 'json' };

/** The vendor's documented example. Its signature is in the vectors. */
const example: SignableRequest = {
  method: 'POST',
  url: 'https://start.faceverify.ai/api/v1/session',
  body: '{"country":"US","uniqueIdentifier":"user123"}',
  apiKey: 'xxx-xxx-xxx-xxx-xxx',
  secretKey: 'xxx-xxx-xxx-xxx-xxx',
};

/** RFC 4231, sections 4.2 to 4.8; case 5 is truncated there to 128 bits. */
const RFC_4231 = [
  {
    key: '0b'.repeat(20),
    data: '4869205468657265',
    digest: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    key: '4a656665',
    data: '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    digest: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    key: 'aa'.repeat(20),
    data: 'dd'.repeat(50),
    digest: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  },
  {
    key: '0102030405060708090a0b0c0d0e0f10111213141516171819',
    data: 'cd'.repeat(50),
    digest: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  },
  {
    key: '0c'.repeat(20),
    data: '546573742057697468205472756e636174696f6e',
    digest: 'a3b6167473100ee06e0c796c2955552b',
  },
  {
    key: 'aa'.repeat(131),
    data: '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
    digest: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
  {
    key: 'aa'.repeat(131),
    data: '5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e',
    digest: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  },
];

describe('signing', () => {
  test.each(signatures)('agrees with the vendor: $name', async ({ signature, ...request }) => {
    expect((await signRequest(request)).signature).toBe(signature);
    expect(await verifyRequest({ ...request, signature })).toBe(true);
  });

  test.each(signatures)('signs the same as bytes: $name', async ({ signature, body, secretKey, ...request }) => {
    const bytes = { body: new TextEncoder().encode(body), secretKey: new TextEncoder().encode(secretKey) };
    expect((await signRequest({ ...request, ...bytes })).signature).toBe(signature);
  });

  test.each(RFC_4231)('passes RFC 4231 with a key of $key', async ({ key, data, digest }) => {
    const bytes = Uint8Array.from(Buffer.from(data, 'hex'));
    const result = await hmacSha256(Uint8Array.from(Buffer.from(key, 'hex')))('', bytes);
    expect(result.slice(0, digest.length)).toBe(digest);
  });

  test('takes bytes of another realm', async () => {
    const body = runInNewContext('Uint8Array.of(123, 125)') as Uint8Array;
    expect(body).not.toBeInstanceOf(Uint8Array);
    const { signature } = await signRequest({ ...example, body });
    expect(await verifyRequest({ ...example, body: '{}', signature })).toBe(true);
  });

  test('refuses what is no request at all', async () => {
    for (const nothing of [null, undefined, 'POST']) {
      const refused = signRequest(nothing as never);
      expect(await rejection(refused)).toMatchObject({ code: 'invalid_params' });
      expect(await verifyRequest(nothing as never)).toBe(false);
    }
  });

  test('explains the example', async () => {
    const { signature } = await signRequest({ ...example, contentType: 'application/json; charset=utf-8' });
    const explanation = await explainSignature({ ...example, signature });
    expect(explanation.mistakes.map(({ name }) => name)).toEqual(['content_type']);
  });
});

describe('a URL that would not be sent as it is signed', () => {
  test('there are 154 signatures and 32 ambiguous URLs', () => {
    expect(signatures).toHaveLength(154);
    expect(ambiguousUrls).toHaveLength(32);
  });

  test.each(ambiguousUrls)('is refused with the reason: $why', async ({ url }) => {
    const error = await signRequest({ ...example, url }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FaceVerifyError);
    expect(error).toMatchObject({ code: 'invalid_params', message: expect.stringMatching(/^The url .{12,}\.$/) });
  });

  test('a host outside ASCII is read however often it is', () => {
    // URL.canParse of Node 20 refuses it from about the two thousandth time on.
    const urls = Array.from({ length: 10_000 }, () => requestTarget('https://m\u00fcller.example/x'));
    expect(new Set(urls.map(({ path }) => path))).toEqual(new Set(['/x']));
  });

  test('the path and query are what stands in the URL', () => {
    expect(requestTarget('https://a.example/x//y?b=2&a=1#c')).toEqual({ path: '/x//y', query: 'b=2&a=1' });
  });
});
