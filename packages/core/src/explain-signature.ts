import { FaceVerifyError } from './failure.ts';
import { JSON_CONTENT_TYPE } from './headers.ts';
import { hex } from './hex.ts';
import type { HmacSha256 } from './platform/platform.ts';
import { requestTarget } from './request-target.ts';
import type { SignedRequest } from './signing.ts';
import { MISTAKES, type Parts, type SignatureMistake, stringToSign } from './signing-mistakes.ts';

/** What {@link SignedRequest.signature} was made of, as far as that can be found out. */
export interface SignatureExplanation {
  /** Whether the signature is right for the request as given. */
  readonly valid: boolean;
  /** The string to sign, every line end shown as `\n`; neither the API key nor the secret is in it. */
  readonly stringToSign: string;
  /** The mistakes that together give this signature; empty where none of the usual ones does. */
  readonly mistakes: readonly SignatureMistake[];
  /** All of that in words, for a terminal. */
  readonly summary: string;
}

/** The text was signed that the bytes stand for, where they begin with a byte order mark or are no UTF-8. */
const OTHER_BYTES: SignatureMistake = {
  name: 'body_bytes',
  advice:
    'The text of the body was signed, but other bytes were sent, such as a byte order mark: send what was signed.',
};

/** Longer bodies are tried with single mistakes only: a thousand pairs of them would take seconds. */
const MAX_BODY_FOR_PAIRS = 16_384;

/** Tries the usual mistakes, alone and in pairs, until one gives the signature. */
export async function explain(hmacSha256: HmacSha256, request: SignedRequest): Promise<SignatureExplanation> {
  const parts = readParts(request);
  const { digest, mistakes: writing } = readSignature(request.signature);
  const matches = async (candidate: Parts): Promise<boolean> =>
    (await hmacSha256(candidate.secretKey)('', stringToSign(candidate))) === digest;

  // The body as it was given, since bytes need not be text.
  const exact = await hmacSha256(parts.secretKey)(stringToSign({ ...parts, body: '' }), request.body ?? '');
  const otherBytes = async (): Promise<SignatureMistake[] | undefined> =>
    (await matches(parts)) ? [OTHER_BYTES] : undefined;
  const found = exact === digest ? [] : ((await otherBytes()) ?? (await find(parts, matches)));
  const mistakes = [...(found === undefined ? [] : [...writing, ...found]), ...ambiguity(request.url)];
  const valid = found !== undefined && mistakes.length === 0;
  const shown = presentable(parts);
  return { valid, stringToSign: shown, mistakes, summary: summarise(valid, shown, mistakes) };
}

async function find(
  parts: Parts,
  matches: (candidate: Parts) => Promise<boolean>,
): Promise<SignatureMistake[] | undefined> {
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

/** The vendor's own snippets sign some URLs differently: then no signature of it is surely right. */
function ambiguity(url: string): SignatureMistake[] {
  try {
    requestTarget(url);
    return [];
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    return [{ name: 'ambiguous_url', advice: `${error.message} Others may read it differently than you do.` }];
  }
}

/** The signature as lower-case hex, with the mistakes in how it is written. */
function readSignature(signature: string): { digest: string; mistakes: SignatureMistake[] } {
  const text = signature.trim().replace(/^(?:sha256|hmac-sha256)[=: ]/i, '');
  const base64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(text);
  const digest = base64 ? base64ToHex(text) : text.toLowerCase();
  const mistake = {
    name: 'signature_encoding',
    advice: 'The signature is written differently: send 64 lower-case hexadecimal digits and nothing else.',
  };
  return { digest, mistakes: digest === signature ? [] : [mistake] };
}

function base64ToHex(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=$/, ''));
  return hex(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

function readParts({
  method,
  url,
  body = '',
  contentType = JSON_CONTENT_TYPE,
  apiKey,
  secretKey,
  signature,
}: SignedRequest): Parts {
  for (const [name, value] of Object.entries({ method, url, contentType, apiKey, signature })) {
    if (typeof value !== 'string') throw invalid(name, 'a string');
  }
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) throw invalid('body', 'a string or bytes');
  if (typeof secretKey !== 'string' && !(secretKey instanceof Uint8Array)) {
    throw invalid('secretKey', 'a string or bytes');
  }
  if (secretKey.length === 0) throw invalid('secretKey', 'not empty');
  const [, path = '', query = ''] = /^(?:[a-z]+:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return { method, url, path, query, apiKey, contentType, body: text, secretKey, lineEnd: '\n' };
}

function invalid(field: string, expected: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', `explainSignature: ${field} must be ${expected}.`);
}

/** The string to sign with its line ends visible, a line each. */
function presentable(parts: Parts): string {
  // Not a character of it: keys are exchanged easily, and then it is the secret.
  const apiKey = `[API key of ${parts.apiKey.length} characters]`;
  const secret = typeof parts.secretKey === 'string' ? parts.secretKey : new TextDecoder().decode(parts.secretKey);
  const whole = stringToSign({ ...parts, apiKey });
  return whole.replaceAll(secret, '[secret]').replaceAll('\r', '\\r').replaceAll('\n', '\\n\n').replaceAll('\t', '\\t');
}

function summarise(valid: boolean, shown: string, mistakes: readonly SignatureMistake[]): string {
  const verdict = valid
    ? 'The signature is right.'
    : mistakes.length > 0
      ? ['The signature is wrong:', ...mistakes.map(({ advice }) => `- ${advice}`)].join('\n')
      : 'The signature is wrong, and none of the usual mistakes gives it. Compare the string below with the one ' +
        'that was signed, byte by byte, and make sure that key and secret belong together.';
  return `${verdict}\n\nThe string to sign, each line end shown as \\n:\n${shown}`;
}
