import { createFaceVerify, type FaceVerify, type FaceVerifyOptions } from '@faceverify/core';
import { API_KEY, SECRET_KEY } from '../server/secrets.ts';

/** A client that waits no longer between attempts than it must. */
export function clientOf(baseUrl: string, options: FaceVerifyOptions = {}): FaceVerify {
  return createFaceVerify({
    apiKey: API_KEY,
    secretKey: SECRET_KEY,
    baseUrl,
    retry: { minDelayMs: 1, maxDelayMs: 1 },
    ...options,
  });
}

/** Makes `calls` calls, `atOnce` of them in flight, and says how many of them succeeded. */
export async function callMany(
  calls: number,
  atOnce: number,
  call: (nth: number) => Promise<unknown>,
): Promise<number> {
  let begun = 0;
  let succeeded = 0;
  const worker = async (): Promise<void> => {
    while (begun < calls) {
      begun++;
      const one = await call(begun).then(
        () => 1,
        () => 0,
      );
      succeeded += one;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return succeeded;
}
