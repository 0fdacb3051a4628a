import { createFaceVerify, type FaceVerify } from '../src/client.ts';
import type { FaceVerifyOptions } from '../src/options.ts';

export const API_KEY = 'test-api-key-1f2e3d';
export const SECRET_KEY = 'test-secret-key-9a8b7c';

/** A client with short waits between attempts. */
export function clientOf(options: FaceVerifyOptions): FaceVerify {
  const keys = { apiKey: API_KEY, secretKey: SECRET_KEY };
  return createFaceVerify({ ...keys, retry: { minDelayMs: 1, maxDelayMs: 5 }, ...options });
}

/** The error with which `promise` rejects. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => new Error('It was expected to reject, but it resolved.'),
    (error: unknown) => error,
  );
}
