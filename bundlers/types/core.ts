// What an app writes without a framework, type-checked in empty projects with every way in which
// TypeScript finds modules. The expected errors show that the types were found. Those of the frameworks are in
// packages/<framework>/test/packed.
import { createFaceVerify, FaceVerifyError, type FaceVerifyOptions, type Session } from '@faceverify/core';
import { createEmulator } from '@faceverify/emulator';

const { apiKey, secretKey, fetch } = createEmulator();
const options: FaceVerifyOptions = { apiKey, secretKey, fetch };
// @ts-expect-error -- There is no such option.
const misspelt: FaceVerifyOptions = { apikey: apiKey };

export async function create(id: string): Promise<Session> {
  const client = createFaceVerify(options);
  // @ts-expect-error -- Misspelt.
  void client.createSesion;
  try {
    return await client.createSession({ uniqueIdentifier: id, country: 'US' });
  } catch (error) {
    // @ts-expect-error -- There is no such code.
    if (FaceVerifyError.is(error) && error.code === 'misspelt') console.error(misspelt);
    throw error;
  }
}
