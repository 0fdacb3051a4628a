import { createEmulator } from '@faceverify/emulator';

/**
 * Lets the emulator play FaceVerify, unless the environment holds the keys of an account. The
 * variables are set as you would set them, so that the server's code is the same in both cases.
 */
export async function startEmulator(): Promise<{ close: () => Promise<void> } | undefined> {
  const { env } = process;
  if (env['FACEVERIFY_API_KEY'] !== undefined || env['FACEVERIFY_SECRET_KEY'] !== undefined) return undefined;
  const emulator = createEmulator();
  const listening = await emulator.listen();
  env['FACEVERIFY_API_KEY'] = emulator.apiKey;
  env['FACEVERIFY_SECRET_KEY'] = emulator.secretKey;
  env['FACEVERIFY_BASE_URL'] = listening.url;
  return listening;
}
