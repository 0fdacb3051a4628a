import { hmacSha256 } from '#platform';
import { FaceVerifyError } from '../errors.ts';
import { JSON_CONTENT_TYPE } from '../headers.ts';
import { toHex } from '../hex.ts';
import { requestTarget } from '../request-target.ts';
import type { SignedRequest } from '../signing.ts';
import { hasFields, isBytes, parseUrl } from '../validation.ts';
import { MISTAKES, type SignatureMistake } from './mistakes.ts';
import { type Parts, showStringToSign, stringToSign } from './string-to-sign.ts';

/** What a signature was made of, as far as that can be found out. */
export interface SignatureExplanation {
  /** Whether the signature is right for the request as given. */
  readonly valid: boolean;
  /**
   * The string to sign, every line end shown as `\n`. The API key is shown by its length, and the secret is replaced in
   * its usual spellings.
   */
  readonly stringToSign: string;
  /** The mistakes that together give this signature; empty if none of the usual ones does. */
  readonly mistakes: readonly SignatureMistake[];
  /** All of it in words, for a terminal. */
  readonly summary: string;
}

/**
 * Explains why a signature is refused: it tries the usual mistakes, alone and in pairs, until one gives the signature.
 * It takes any URL, also one that `signRequest` refuses. For development, not for every request.
 *
 * @throws {FaceVerifyError} (as a rejection) `invalid_params` if a field is not text or bytes.
 * @example
 * const explanation = await explainSignature({
 *   method: 'POST',
 *   url: 'https://start.faceverify.ai/api/v1/session',
 *   body: '{"uniqueIdentifier":"user123"}',
 *   apiKey: 'key',
 *   secretKey: 'secret',
 *   signature: 'f3cebbddf0d997ee1267253ca07f95c46bcdb5391cb42f838e836037fcbc42e6',
 * });
 * console.log(explanation.summary);
 */
export async function explainSignature(request: SignedRequest): Promise<SignatureExplanation> {
  const { parts, body, digest, encoding, ambiguity } = readRequest(request);
  const found = await findMistakes(parts, body, digest);
  const mistakes = [...(found === undefined ? [] : [...encoding, ...found]), ...ambiguity];
  const valid = found !== undefined && mistakes.length === 0;
  const shown = showStringToSign(parts);
  return { valid, stringToSign: shown, mistakes, summary: summarise(valid, shown, mistakes) };
}

/** A request to explain. */
interface Given {
  readonly parts: Parts;
  /** Unchanged: bytes need not be text. */
  readonly body: string | Uint8Array;
  /** The signature in lower-case hex. */
  readonly digest: string;
  /** Mistakes in how the signature is written. */
  readonly encoding: readonly SignatureMistake[];
  /** What signers read differently in the URL. */
  readonly ambiguity: readonly SignatureMistake[];
}

function readRequest(request: unknown): Given {
  if (!hasFields(request)) throw invalid('request', 'an object with method, url, apiKey, secretKey and signature');
  // Safe: every field is checked below.
  const given = request as SignedRequest;
  const { method, url, body = '', contentType = JSON_CONTENT_TYPE, apiKey, secretKey, signature } = given;
  for (const [name, value] of Object.entries({ method, url, contentType, apiKey, signature })) {
    if (typeof value !== 'string') throw invalid(name, 'a string');
  }
  if (typeof body !== 'string' && !isBytes(body)) throw invalid('body', 'a string or bytes');
  if (typeof secretKey !== 'string' && !isBytes(secretKey)) throw invalid('secretKey', 'a string or bytes');
  if (secretKey.length === 0) throw invalid('secretKey', 'not empty');

  const [, path = '', query = ''] = /^(?:[a-z]+:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  const parts = {
    method,
    url,
    path,
    sentPath: parseUrl(url)?.pathname ?? path,
    query,
    apiKey,
    contentType,
    body: typeof body === 'string' ? body : new TextDecoder().decode(body),
    secretKey: copyOf(secretKey),
    lineEnd: '\n',
  };
  return { parts, body: copyOf(body), ...readSignature(signature), ambiguity: ambiguityOf(url) };
}

function copyOf(value: string | Uint8Array): string | Uint8Array {
  return typeof value === 'string' ? value : Uint8Array.from(value);
}

function invalid(field: string, expected: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', `explainSignature: ${field} must be ${expected}.`);
}

/** The signature as lower-case hex, and whether it was written in another way. */
function readSignature(signature: string): Pick<Given, 'digest' | 'encoding'> {
  const text = signature.trim().replace(/^(?:sha256|hmac-sha256)[=: ]/i, '');
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(text);
  const digest = isBase64 ? base64ToHex(text) : text.toLowerCase();
  const mistake = {
    name: 'signature_encoding',
    advice: 'The signature is in another encoding. Send 64 lower-case hexadecimal digits and nothing else.',
  };
  return { digest, encoding: digest === signature ? [] : [mistake] };
}

function base64ToHex(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=$/, ''));
  return toHex(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/** The vendor's own snippets sign some URLs differently: then no signature is right for all of them. */
function ambiguityOf(url: string): SignatureMistake[] {
  try {
    requestTarget(url);
    return [];
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    return [{ name: 'ambiguous_url', advice: `${error.message} Other signers may read it differently.` }];
  }
}

/** The bytes of the body begin with a byte order mark or are not UTF-8, and its text was signed. */
const OTHER_BYTES: SignatureMistake = {
  name: 'body_bytes',
  advice:
    'The text of the body was signed, but other bytes were sent, such as a byte order mark. Send the bytes that were signed.',
};

/** Longer bodies are tried with single mistakes only: a thousand pairs of them would take seconds. */
const MAX_BODY_FOR_PAIRS = 16_384;

/** The mistakes that together give `digest`, none if the request does; `undefined` if nothing that was tried does. */
async function findMistakes(
  parts: Parts,
  body: string | Uint8Array,
  digest: string,
): Promise<SignatureMistake[] | undefined> {
  const matches = async (candidate: Parts): Promise<boolean> =>
    (await hmacSha256(candidate.secretKey)('', stringToSign(candidate))) === digest;

  const exact = await hmacSha256(parts.secretKey)(stringToSign({ ...parts, body: '' }), body);
  if (exact === digest) return [];
  if (await matches(parts)) return [OTHER_BYTES];
  for (const first of MISTAKES) {
    for (const variant of first.variants(parts)) {
      if (await matches({ ...parts, ...variant })) return [first];
    }
  }
  if (parts.body.length > MAX_BODY_FOR_PAIRS) return undefined;
  for (const [index, first] of MISTAKES.entries()) {
    for (const variant of first.variants(parts)) {
      const once = { ...parts, ...variant };
      for (const second of MISTAKES.slice(index + 1)) {
        for (const further of second.variants(once)) {
          if (await matches({ ...once, ...further })) return [first, second];
        }
      }
    }
  }
  return undefined;
}

function summarise(valid: boolean, shown: string, mistakes: readonly SignatureMistake[]): string {
  const verdict = valid
    ? 'The signature is right.'
    : mistakes.length > 0
      ? ['The signature is wrong:', ...mistakes.map(({ advice }) => `- ${advice}`)].join('\n')
      : 'The signature is wrong, and none of the usual mistakes explains it. Compare the string below with the one ' +
        'that was signed, byte by byte, and check that API key and secret key belong together.';
  return `${verdict}\n\nThe string to sign, each line end shown as \\n:\n${shown}`;
}
