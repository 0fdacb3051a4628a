import { createClient, type FaceVerify } from '../src/client.ts';
import { type FaceVerifyOptions, readOptions } from '../src/options.ts';
import { platform as node } from '../src/platform/node.ts';
import { platform as web } from '../src/platform/web.ts';

/** Both sides of the platform seam; the web side uses this Node's own `fetch` and WebCrypto. */
export const PLATFORMS: [name: string, platform: typeof node][] = [
  ['node', node],
  ['web', web],
];

export const API_KEY = 'test-api-key-1f2e3d';
export const SECRET_KEY = 'test-secret-key-9a8b7c';

/** A client with quick retries, so that tests need not wait. */
export function clientOn(platform: typeof node, options: FaceVerifyOptions): FaceVerify {
  return createClient(
    platform,
    readOptions({ apiKey: API_KEY, secretKey: SECRET_KEY, retry: { minDelayMs: 1, maxDelayMs: 5 }, ...options }, {}),
  );
}

/** The error with which `promise` rejects. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => new Error('It was expected to reject, but it resolved.'),
    (error: unknown) => error,
  );
}
