import { FaceVerifyError } from '../errors.ts';
import { toHex } from '../hex.ts';
import type { Environment } from '../keys.ts';
import type { HmacSha256, ProcessEnvironment } from './platform.ts';

export { createFetchTransport as createTransport } from './fetch.ts';

const NO_CRYPTO =
  'crypto.subtle is missing. In a test, add the comment @jest-environment node or @vitest-environment node.';

export const processEnvironment: ProcessEnvironment = () =>
  (globalThis as { process?: { env?: Environment } }).process?.env ?? {};

export const hmacSha256: HmacSha256 = (key) => {
  const bytes = typeof key === 'string' ? utf8(key) : Uint8Array.from(key);
  // The key is kept, never its promise: on Workers a promise belongs to the request that made it.
  let imported: CryptoKey | undefined;
  return async (head, body) => {
    if (globalThis.crypto?.subtle === undefined) throw new FaceVerifyError('invalid_options', NO_CRYPTO);
    imported ??= await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', imported, concat(utf8(head), body))));
  };
};

function concat(head: Uint8Array, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const tail = typeof body === 'string' ? utf8(body) : body;
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
