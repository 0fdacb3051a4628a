import { FaceVerifyError } from './failure.ts';
import { JSON_CONTENT_TYPE } from './headers.ts';
import { hex } from './hex.ts';
import { parseUrl } from './parse-url.ts';
import type { HmacSha256 } from './platform/platform.ts';
import { requestTarget } from './request-target.ts';
import type { SignedRequest } from './signing.ts';
import type { Parts, SignatureMistake } from './signing-mistakes.ts';

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

/** Reads the request and the signature, and leaves it to {@link diagnose} to find what made it. */
export async function explain(hmacSha256: HmacSha256, request: SignedRequest): Promise<SignatureExplanation> {
  const parts = readParts(request);
  const { digest, mistakes: writing } = readSignature(request.signature);
  // A sixth of the core, for development alone: an app that never asks never loads it. Nothing that it needs
  // is shared with what is loaded already, or Node would have a third file to load at once.
  const { diagnose } = await import('./signature-diagnosis.ts');
  return diagnose(hmacSha256, { parts, body: request.body ?? '', digest, writing, ambiguity: ambiguity(request.url) });
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
  const sentPath = parseUrl(url)?.pathname ?? path;
  return { method, url, path, sentPath, query, apiKey, contentType, body: text, secretKey, lineEnd: '\n' };
}

function invalid(field: string, expected: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', `explainSignature: ${field} must be ${expected}.`);
}
