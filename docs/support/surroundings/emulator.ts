import { createFaceVerify, type FaceVerify } from '@faceverify/core';
import { createEmulator, type Emulator } from '@faceverify/emulator';

/** An emulator, its keys, and a client that uses it. */
export function surround(): { emulator: Emulator; keys: { apiKey: string; secretKey: string }; client: FaceVerify } {
  const emulator = createEmulator();
  const { apiKey, secretKey, fetch } = emulator;
  return { emulator, keys: { apiKey, secretKey }, client: createFaceVerify({ apiKey, secretKey, fetch }) };
}
