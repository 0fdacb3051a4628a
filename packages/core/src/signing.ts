import { hmacSha256 } from '#platform';
import { FaceVerifyError } from './errors.ts';
import { JSON_CONTENT_TYPE, PRINTABLE, signedHeaders, type SignedHeaders } from './headers.ts';
import { requestTarget } from './request-target.ts';
import { hasFields, isBytes } from './validation.ts';

/** A request to sign. */
export interface SignableRequest {
  /** HTTP method in upper case, as it is sent. */
  readonly method: string;
  /** Absolute URL to which the request is sent. */
  readonly url: string;
  /** The exact string or bytes that are sent; leave it out for no body. */
  readonly body?: string | Uint8Array | undefined;
  /** The exact `Content-Type` that is sent; `application/json` by default. */
  readonly contentType?: string | undefined;
  /** Your API key, sent as `x-auth-client`. */
  readonly apiKey: string;
  /** Your secret key, as text (its UTF-8 bytes are used) or as bytes. */
  readonly secretKey: string | Uint8Array;
}

/** A request with a signature to check. */
export interface SignedRequest extends SignableRequest {
  /** 64 lower-case hexadecimal digits. */
  readonly signature: string;
}

/** A signature and the headers that carry it. */
export interface Signed {
  /** HMAC-SHA256 in 64 lower-case hexadecimal digits. */
  readonly signature: string;
  /** The three headers to send, as they were signed. */
  readonly headers: SignedHeaders;
}

/**
 * Signs a request as FaceVerify demands. `createSession` and `request` do so themselves.
 * A URL that would not be sent as it is signed is refused.
 *
 * @throws {FaceVerifyError} (as a rejection) `invalid_params`, naming the field to fix.
 * @example
 * const url = 'https://start.faceverify.ai/api/v1/session';
 * const body = JSON.stringify({ uniqueIdentifier: 'user123' });
 * const { headers } = await signRequest({ method: 'POST', url, body, apiKey: 'key', secretKey: 'secret' });
 * await fetch(url, { method: 'POST', headers, body });
 */
export async function signRequest(request: SignableRequest): Promise<Signed> {
  if (!hasFields(request)) throw invalid('request', 'an object with method, url, apiKey and secretKey');
  const { method, url, body = '', contentType = JSON_CONTENT_TYPE, apiKey, secretKey } = request;
  checkText('method', method, /^[A-Z]+$/, 'an HTTP method in upper case, such as POST');
  checkText('apiKey', apiKey, PRINTABLE, 'printable ASCII without spaces');
  checkText('contentType', contentType, HEADER_VALUE, 'a header value such as application/json');
  checkText('url', url, /^/, 'a string');
  if ((typeof secretKey !== 'string' && !isBytes(secretKey)) || secretKey.length === 0) {
    throw invalid('secretKey', 'a string or bytes, and not empty');
  }
  if (typeof body !== 'string' && !isBytes(body)) throw invalid('body', 'the exact string or Uint8Array that is sent');
  const { path, query } = requestTarget(url);
  const signature = await hmacSha256(secretKey)(signingHead(method, path, query, apiKey, contentType), body);
  return { signature, headers: signedHeaders(apiKey, contentType, signature) };
}

/**
 * Whether `request.signature` is right, compared in constant time. Never throws: a request that cannot be signed has no
 * right signature.
 *
 * @example
 * const url = 'https://start.faceverify.ai/api/v1/session';
 * const request = { method: 'POST', url, body: '{}', apiKey: 'key', secretKey: 'secret' };
 * const { signature } = await signRequest(request);
 * console.log(await verifyRequest({ ...request, signature })); // true
 */
export async function verifyRequest(request: SignedRequest): Promise<boolean> {
  try {
    const { signature } = request;
    if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature)) return false;
    return equalInConstantTime((await signRequest(request)).signature, signature);
  } catch {
    return false;
  }
}

/**
 * The string to sign up to its body.
 *
 * Source: the vendor's page, "Generate hmac signature".
 */
export function signingHead(method: string, path: string, query: string, apiKey: string, contentType: string): string {
  return `${method}\n${path}\n${query}\n${apiKey}\n${contentType}\n`;
}

const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

function checkText(field: string, value: unknown, form: RegExp, expected: string): void {
  if (typeof value !== 'string' || !form.test(value)) throw invalid(field, expected);
}

function invalid(field: string, expected: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', `signRequest: ${field} must be ${expected}.`);
}

function equalInConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
