import { hex } from '../hex.ts';
import { diagnose, type LoadDiagnosis } from '../signature-diagnosis.ts';
import { createFetchSender } from './fetch.ts';
import type { HmacSha256, Platform } from './platform.ts';

const encoder = /* @__PURE__ */ new TextEncoder();

export const hmacSha256: HmacSha256 = (key) => {
  const bytes = typeof key === 'string' ? encoder.encode(key) : Uint8Array.from(key);
  // The key is kept, never its promise: on Workers a promise belongs to the request that made it.
  let imported: CryptoKey | undefined;
  return async (head, body) => {
    imported ??= await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return hex(new Uint8Array(await crypto.subtle.sign('HMAC', imported, join(head, body))));
  };
};

function join(head: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return encoder.encode(head + body);
  const start = encoder.encode(head);
  const whole = new Uint8Array(start.length + body.length);
  whole.set(start);
  whole.set(body, start.length);
  return whole;
}

export const platform: Platform = { hmacSha256, createSender: createFetchSender };

/** Part of the bundle, if that needs it at all: loading it later is not what every bundler can do for every runtime. */
export const loadDiagnosis: LoadDiagnosis = () => Promise.resolve({ diagnose });
