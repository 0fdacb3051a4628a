import { FaceVerifyError } from './failure.ts';
import { JSON_CONTENT_TYPE } from './headers.ts';
import { hex } from './hex.ts';
import { parseUrl } from './parse-url.ts';
import type { HmacSha256 } from './platform/platform.ts';
import { requestTarget } from './request-target.ts';
import { hasFields, isBytes } from './shape.ts';
import type { LoadDiagnosis, SignatureExplanation, Suspect } from './signature-diagnosis.ts';
import type { SignedRequest } from './signing.ts';
import type { SignatureMistake } from './signing-mistakes.ts';

/**
 * Reads the request and the signature at once, since they may change, and leaves it to `diagnose` to find what made
 * the signature.
 */
export async function explain(
  hmacSha256: HmacSha256,
  loadDiagnosis: LoadDiagnosis,
  request: SignedRequest,
): Promise<SignatureExplanation> {
  const suspect = readSuspect(request);
  const { diagnose } = await loadDiagnosis();
  return diagnose(hmacSha256, suspect);
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
function readSignature(signature: string): Pick<Suspect, 'digest' | 'writing'> {
  const text = signature.trim().replace(/^(?:sha256|hmac-sha256)[=: ]/i, '');
  const base64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(text);
  const digest = base64 ? base64ToHex(text) : text.toLowerCase();
  const mistake = {
    name: 'signature_encoding',
    advice: 'The signature is written differently: send 64 lower-case hexadecimal digits and nothing else.',
  };
  return { digest, writing: digest === signature ? [] : [mistake] };
}

function base64ToHex(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=$/, ''));
  return hex(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

function readSuspect(request: unknown): Suspect {
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
    secretKey: copied(secretKey),
    lineEnd: '\n',
  };
  return { parts, body: copied(body), ...readSignature(signature), ambiguity: ambiguity(url) };
}

function copied(value: string | Uint8Array): string | Uint8Array {
  return typeof value === 'string' ? value : Uint8Array.from(value);
}

function invalid(field: string, expected: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', `explainSignature: ${field} must be ${expected}.`);
}
