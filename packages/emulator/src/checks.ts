import { FaceVerifyError, signRequest } from '@faceverify/core';
import { explainSignature } from '@faceverify/core/diagnose';
import { MAX_BODY_BYTES } from './connection.ts';
import { readSessionBody, type SessionBody } from './session-body.ts';

/**
 * A stable code for why a request was refused.
 *
 * - `foreign_host`: the emulator listens on loopback only, and the request is for another host name. Checked first.
 * - `unknown_call`, `malformed_body`: the signature is valid, but not the path, the method or the body.
 * - `ambiguous_request`: the signature is valid for the bytes that arrived, but the vendor's own code examples
 *   read such a request differently.
 */
export type RefusalCode =
  | 'missing_client'
  | 'missing_signature'
  | 'unknown_client'
  | 'body_too_large'
  | 'wrong_signature'
  | 'ambiguous_request'
  | 'unknown_call'
  | 'malformed_body'
  | 'foreign_host';

/** Why a request was refused. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly status: 400 | 403 | 404 | 405 | 413;
  /** What is wrong and how to fix it. Contains no secret, signature or identifier. */
  readonly message: string;
}

/** A request to the API, byte for byte as it arrived. */
export interface ApiRequest {
  readonly method: string;
  readonly origin: string;
  readonly target: string;
  readonly headers: Headers;
  /** `undefined` if it was too large to be read. */
  readonly body: Uint8Array | undefined;
}

/** A request that passed every check. */
export interface AcceptedRequest extends SessionBody {
  readonly apiKey: string;
}

export const SESSION_PATH = '/api/v1/session';

/** Checks a request. `clients` maps the accepted API keys to their secret keys. */
export async function checkRequest(
  request: ApiRequest,
  clients: ReadonlyMap<string, string>,
): Promise<AcceptedRequest | Refusal> {
  const { method, target, headers, body } = request;
  const apiKey = headers.get('x-auth-client') ?? '';
  const signature = headers.get('x-hmac-signature') ?? '';
  if (apiKey === '') return missingClient(headers);
  if (signature === '') {
    return refuse(
      'missing_signature',
      'The header x-hmac-signature is missing. Send the signature in it, as lower-case hexadecimal.',
    );
  }
  const secretKey = clients.get(apiKey);
  if (secretKey === undefined) return unknownClient(apiKey, clients);
  if (body === undefined) return refuse('body_too_large', `The body is larger than ${MAX_BODY_BYTES / 1024} KiB.`, 413);
  const signed: SignedRequest = { ...request, body, apiKey, secretKey, signature };
  if (!(await isSignatureValid(signed))) return wrongSignature(signed);
  const ambiguous = await checkAmbiguity(signed);
  if (ambiguous !== undefined) return ambiguous;

  const path = target.split('?')[0] ?? '';
  const onlyCall = `The signature is valid, but the only documented call is POST ${SESSION_PATH}`;
  if (path !== SESSION_PATH) return refuse('unknown_call', `${onlyCall}: there is no other path.`, 404);
  if (method !== 'POST') return refuse('unknown_call', `${onlyCall}: there is no other method.`, 405);
  const params = readSessionBody(body);
  if (typeof params === 'string') return refuse('malformed_body', `The signature is valid. ${params}`);
  return { apiKey, ...params };
}

function refuse(code: RefusalCode, message: string, status: Refusal['status'] = 400): Refusal {
  return { code, status, message };
}

function missingClient(headers: Headers): Refusal {
  const other = ['authorization', 'x-api-key', 'api-key'].find((name) => headers.has(name));
  const hint = other === undefined ? '' : ` FaceVerify does not document the header ${other}, which was sent.`;
  return refuse('missing_client', `The header x-auth-client is missing. Send the API key in it.${hint}`);
}

function unknownClient(apiKey: string, clients: ReadonlyMap<string, string>): Refusal {
  const isSimilar = (key: string): boolean => bare(key).toLowerCase() === bare(apiKey).toLowerCase();
  const known = [...clients.keys()].find(isSimilar);
  const hint = [...clients.values()].some(isSimilar)
    ? 'It is a secret key: API key and secret key are swapped. The secret key signs and is never sent.'
    : known === undefined
      ? 'The emulator accepts only the API keys that it was started with.'
      : `It is a known one except for ${differences(apiKey, known)}: send the key exactly as it was issued.`;
  return refuse('unknown_client', `The API key in x-auth-client is unknown. ${hint}`);
}

/** ASCII quotes, and curly quotes as the bytes of UTF-8 that arrive. */
const QUOTES = /["'`]|\xe2\x80[\x98-\x9f]/g;

/** A key without quotes and white space. */
function bare(key: string): string {
  return key.replaceAll(QUOTES, '').replaceAll(/\s/g, '');
}

/** How an API key differs from the known one that it is similar to, in words. */
function differences(apiKey: string, known: string): string {
  const differsIn = (pattern: RegExp): boolean => String(apiKey.match(pattern)) !== String(known.match(pattern));
  return [
    ...(differsIn(QUOTES) ? ['its quotes'] : []),
    ...(differsIn(/\s/g) ? ['its spaces'] : []),
    ...(bare(apiKey) === bare(known) ? [] : ['upper and lower case']),
  ].join(' and ');
}

interface SignedRequest extends ApiRequest {
  readonly body: Uint8Array;
  readonly apiKey: string;
  readonly secretKey: string;
  readonly signature: string;
}

/**
 * Whether the signature is valid for the bytes that arrived. Implemented from the vendor's page, not with the core,
 * so that it finds mistakes in how the core signs.
 */
async function isSignatureValid(request: SignedRequest): Promise<boolean> {
  const { method, target, headers, body, apiKey, secretKey, signature } = request;
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  const query = queryAt === -1 ? '' : target.slice(queryAt + 1);
  const contentType = headers.get('content-type') ?? '';
  // Each character of the target and of a header is a byte that arrived.
  const head = latin1Bytes(`${method}\n${path}\n${query}\n${apiKey}\n${contentType}\n`);
  const message = new Uint8Array([...head, ...body]);

  const secret = new TextEncoder().encode(secretKey);
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const digest = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.verify('HMAC', key, digest, message);
}

function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Larger bodies are not explained: that tries thousands of strings, and no session needs such a body. */
const MAX_EXPLAINED_BYTES = 16 * 1024;

async function wrongSignature(request: SignedRequest): Promise<Refusal> {
  const advice =
    request.body.byteLength > MAX_EXPLAINED_BYTES
      ? `The body is too large to look for common mistakes. ${describeRequest(request)}`
      : await findAdvice(request);
  return refuse('wrong_signature', `The signature is wrong. ${advice}`);
}

async function findAdvice(request: SignedRequest): Promise<string> {
  const { method, origin, target, headers, body, apiKey, secretKey, signature } = request;
  const contentType = headers.get('content-type') ?? '';
  const signed = { method, url: origin + target, body, contentType, apiKey, secretKey, signature };
  // Only the advice is used: the rest of the explanation contains the identifier.
  const { mistakes } = await explainSignature(signed);
  if (mistakes.length > 0) return mistakes.map(({ advice }) => advice).join(' ');
  return `It is none of the common mistakes: check that the secret key belongs to the API key. ${describeRequest(request)}`;
}

function describeRequest({ method, target, headers, body }: SignedRequest): string {
  const [path = '', query = ''] = target.split('?');
  const contentType = headers.get('content-type') ?? '(none)';
  return (
    `The emulator checked it for: method ${method}, path ${path}, query of ${query.length} characters, ` +
    `content type ${contentType}, body of ${body.byteLength} bytes.`
  );
}

/** Refuses a URL that one of the vendor's own code examples would sign differently. */
async function checkAmbiguity(request: SignedRequest): Promise<Refusal | undefined> {
  const { method, origin, target, headers, body, apiKey, secretKey } = request;
  const contentType = headers.get('content-type') ?? '';
  try {
    await signRequest({ method, url: origin + target, body, contentType, apiKey, secretKey });
    return undefined;
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    return refuse(
      'ambiguous_request',
      `The signature is valid for the bytes that arrived, but FaceVerify may read them differently. ${error.message}`,
    );
  }
}
