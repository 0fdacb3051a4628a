import { explainSignature, FaceVerifyError, signRequest } from '@faceverify/core';
import { MAX_BODY_BYTES } from './connection.ts';
import { readSessionBody, type SessionBody } from './session-body.ts';

/**
 * A stable word for why a request was refused. The signature is checked before path, method and body:
 * `unknown_call` and `malformed_body` say that it was right. `ambiguous_request`: it was right for the
 * bytes that arrived, but the vendor's own snippets read such a request differently. `foreign_host`, before
 * all else: the emulator listens on loopback only, and the request is for another host name.
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
  /** What is wrong and how to mend it. Holds no secret, signature or identifier. */
  readonly message: string;
}

/** A request to the API, byte for byte as it arrived. */
export interface ArrivedRequest {
  readonly method: string;
  readonly origin: string;
  readonly target: string;
  readonly headers: Headers;
  /** `undefined` where it was too large to be read. */
  readonly body: Uint8Array | undefined;
}

/** A request without a fault. */
export interface Accepted extends SessionBody {
  readonly apiKey: string;
}

export const SESSION_PATH = '/api/v1/session';

/** Checks one request against the keys that are known; `clients` maps API keys to secrets. */
export async function check(
  request: ArrivedRequest,
  clients: ReadonlyMap<string, string>,
): Promise<Accepted | Refusal> {
  const { method, target, headers, body } = request;
  const apiKey = headers.get('x-auth-client') ?? '';
  const signature = headers.get('x-hmac-signature') ?? '';
  if (apiKey === '') return missingClient(headers);
  if (signature === '') {
    return refuse(
      'missing_signature',
      'The header x-hmac-signature is missing: it carries the signature in lower-case hexadecimal.',
    );
  }
  const secretKey = clients.get(apiKey);
  if (secretKey === undefined) return unknownClient(apiKey, clients);
  if (body === undefined) return refuse('body_too_large', `The body is larger than ${MAX_BODY_BYTES / 1024} KiB.`, 413);
  const signed: SignedBytes = { ...request, body, apiKey, secretKey, signature };
  if (!(await isSignedRight(signed))) return wrongSignature(signed);
  const ambiguity = await ambiguityOf(signed);
  if (ambiguity !== undefined) return ambiguity;

  const path = target.split('?')[0] ?? '';
  if (path !== SESSION_PATH) {
    return refuse(
      'unknown_call',
      `The signature is right, but only POST ${SESSION_PATH} is documented: there is no other path.`,
      404,
    );
  }
  if (method !== 'POST') {
    return refuse(
      'unknown_call',
      `The signature is right, but only POST ${SESSION_PATH} is documented: there is no other method.`,
      405,
    );
  }
  const params = readSessionBody(body);
  if (typeof params === 'string') return refuse('malformed_body', `The signature is right. ${params}`);
  return { apiKey, ...params };
}

function refuse(code: RefusalCode, message: string, status: Refusal['status'] = 400): Refusal {
  return { code, status, message };
}

function missingClient(headers: Headers): Refusal {
  const other = ['authorization', 'x-api-key', 'api-key'].find((name) => headers.has(name));
  const hint = other === undefined ? '' : ` There is a header ${other}, which FaceVerify does not document.`;
  return refuse('missing_client', `The header x-auth-client is missing: it carries the API key.${hint}`);
}

function unknownClient(apiKey: string, clients: ReadonlyMap<string, string>): Refusal {
  const isAlike = (key: string): boolean => bare(key).toLowerCase() === bare(apiKey).toLowerCase();
  const known = [...clients.keys()].find(isAlike);
  const hint = [...clients.values()].some(isAlike)
    ? 'It is a secret key: API key and secret key are swapped. The secret key signs and is never sent.'
    : known === undefined
      ? 'The emulator accepts only the API keys that it was started with.'
      : `It is a known one except for ${differencesOf(apiKey, known)}: send the key exactly as it was issued.`;
  return refuse('unknown_client', `The API key in x-auth-client is unknown. ${hint}`);
}

/** Quotes: those of ASCII, and the curly ones, which arrive as the bytes of UTF-8. */
const QUOTES = /["'`]|\xe2\x80[\x98-\x9f]/g;

/** A key without quotes and white space. */
function bare(key: string): string {
  return key.replaceAll(QUOTES, '').replaceAll(/\s/g, '');
}

/** How an API key differs from the known one that it is like, in words. */
function differencesOf(apiKey: string, known: string): string {
  const differsIn = (pattern: RegExp): boolean => String(apiKey.match(pattern)) !== String(known.match(pattern));
  return [
    ...(differsIn(QUOTES) ? ['its quotes'] : []),
    ...(differsIn(/\s/g) ? ['its spaces'] : []),
    ...(bare(apiKey) === bare(known) ? [] : ['upper and lower case']),
  ].join(' and ');
}

interface SignedBytes extends ArrivedRequest {
  readonly body: Uint8Array;
  readonly apiKey: string;
  readonly secretKey: string;
  readonly signature: string;
}

/**
 * Whether the signature is right for the bytes that arrived.
 *
 * Written out here from the vendor's page rather than taken from the core, so that a mistake of the
 * core's signing cannot hide behind itself.
 */
async function isSignedRight({
  method,
  target,
  headers,
  body,
  apiKey,
  secretKey,
  signature,
}: SignedBytes): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  const query = queryAt === -1 ? '' : target.slice(queryAt + 1);
  const contentType = headers.get('content-type') ?? '';
  // Target and headers hold a character for each byte that arrived.
  const head = byteForByte(`${method}\n${path}\n${query}\n${apiKey}\n${contentType}\n`);
  const message = new Uint8Array(head.byteLength + body.byteLength);
  message.set(head);
  message.set(body, head.byteLength);

  const secret = new TextEncoder().encode(secretKey);
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const digest = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.verify('HMAC', key, digest, message); // Compares in constant time.
}

function byteForByte(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** For larger bodies the usual mistakes, thousands of strings, are not tried: no session needs such a body. */
const MAX_EXPLAINED_BYTES = 16 * 1024;

async function wrongSignature(request: SignedBytes): Promise<Refusal> {
  const advice =
    request.body.byteLength > MAX_EXPLAINED_BYTES
      ? `The body is too large to try the usual mistakes. ${factsOf(request)}`
      : await adviceFor(request);
  return refuse('wrong_signature', `The signature is wrong. ${advice}`);
}

/** What to do about the mistake that was made. */
async function adviceFor(request: SignedBytes): Promise<string> {
  const { method, origin, target, headers, body, apiKey, secretKey, signature } = request;
  const contentType = headers.get('content-type') ?? '';
  const signed = { method, url: origin + target, body, contentType, apiKey, secretKey, signature };
  // Of the explanation only the advice goes out: its string to sign holds the identifier.
  const { mistakes } = await explainSignature(signed);
  if (mistakes.length > 0) return mistakes.map(({ advice }) => advice).join(' ');
  return `None of the usual mistakes gives it: make sure that key and secret belong together. ${factsOf(request)}`;
}

function factsOf({ method, target, headers, body }: SignedBytes): string {
  const [path = '', query = ''] = target.split('?');
  const contentType = headers.get('content-type') ?? '(none)';
  return (
    `It was checked over: method ${method}, path ${path}, query of ${query.length} characters, ` +
    `content type ${contentType}, body of ${body.byteLength} bytes.`
  );
}

/** The vendor's own snippets read some URLs differently: what passes here must pass with each of them. */
async function ambiguityOf({
  method,
  origin,
  target,
  headers,
  body,
  apiKey,
  secretKey,
}: SignedBytes): Promise<Refusal | undefined> {
  const contentType = headers.get('content-type') ?? '';
  try {
    await signRequest({ method, url: origin + target, body, contentType, apiKey, secretKey });
    return undefined;
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    return refuse(
      'ambiguous_request',
      `The signature is right for the bytes that arrived, but FaceVerify may read them differently. ${error.message}`,
    );
  }
}
