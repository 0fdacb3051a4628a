import { createFetchTransport } from './fetch.ts';
import { builtin } from './node-builtin.ts';
import { createHttpTransport } from './node-http.ts';
import type { HmacSha256, Transport, TransportSettings } from './platform.ts';

const { createHmac } = builtin('node:crypto');

export const hmacSha256: HmacSha256 = (key) => {
  const bytes = Buffer.from(key); // A copy, since bytes may change.
  return (head, body) => createHmac('sha256', bytes).update(head).update(body).digest('hex');
};

export function createTransport(settings: TransportSettings): Transport {
  return settings.fetch === undefined ? createHttpTransport(settings) : createFetchTransport(settings);
}
