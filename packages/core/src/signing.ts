import { FaceVerifyError } from './failure.ts';
import { JSON_CONTENT_TYPE, PRINTABLE, signedHeaders, type SignedHeaders } from './headers.ts';
import type { HmacSha256 } from './platform/platform.ts';
import { requestTarget } from './request-target.ts';
import { hasFields, isBytes } from './shape.ts';

/** A request to sign or to check. */
export interface SignableRequest {
  /** HTTP method, in the case in which it is sent: upper case. */
  readonly method: string;
  /** Absolute URL to which the request is sent. */
  readonly url: string;
  /** The exact string or bytes that are sent; leave out for none. */
  readonly body?: string | Uint8Array | undefined;
  /** The exact `Content-Type` that is sent; `application/json` unless given. */
  readonly contentType?: string | undefined;
  /** Your API key, sent as `x-auth-client`. */
  readonly apiKey: string;
  /** Your secret key, as text (its UTF-8 bytes are used) or as bytes. */
  readonly secretKey: string | Uint8Array;
}

/** A request together with the signature that somebody made for it. */
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
 * Everything of the string to sign that stands before the body.
 *
 * Source: the vendor's page, "Generate hmac signature".
 */
export function signingHead(method: string, path: string, query: string, apiKey: string, contentType: string): string {
  return `${method}\n${path}\n${query}\n${apiKey}\n${contentType}\n`;
}

/** Signs `request` after checking every field; throws `invalid_params` naming the one to mend. */
export async function sign(hmacSha256: HmacSha256, request: SignableRequest): Promise<Signed> {
  if (!hasFields(request)) throw invalid('request', 'an object with method, url, apiKey and secretKey');
  const { method, url, body = '', contentType = JSON_CONTENT_TYPE, apiKey, secretKey } = request;
  requireLine('method', method, /^[A-Z]+$/, 'an HTTP method in upper case, such as POST');
  requireLine('apiKey', apiKey, PRINTABLE, 'printable ASCII without spaces');
  if (contentType !== JSON_CONTENT_TYPE) {
    requireLine('contentType', contentType, HEADER_VALUE, 'a header value such as application/json');
  }
  if (typeof url !== 'string') throw invalid('url', 'a string');
  if (!isSecret(secretKey)) throw invalid('secretKey', 'a string or bytes, and not empty');
  if (typeof body !== 'string' && !isBytes(body)) {
    throw invalid('body', 'the exact string or Uint8Array that is sent');
  }
  const { path, query } = requestTarget(url);
  const head = signingHead(method, path, query, apiKey, contentType);
  const signed = hmacSha256(secretKey)(head, body);
  const signature = typeof signed === 'string' ? signed : await signed;
  return { signature, headers: signedHeaders(apiKey, contentType, signature) };
}

/** Whether `request.signature` is right. Anything that cannot be signed has no right signature. */
export async function verify(hmacSha256: HmacSha256, request: SignedRequest): Promise<boolean> {
  try {
    const { signature } = request;
    if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature)) return false;
    return equalInConstantTime((await sign(hmacSha256, request)).signature, signature);
  } catch {
    return false;
  }
}

const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

function isSecret(value: unknown): value is string | Uint8Array {
  return (typeof value === 'string' || isBytes(value)) && value.length > 0;
}

function requireLine(field: string, value: unknown, form: RegExp, expected: string): void {
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
