import { createFaceVerify, FaceVerifyError } from '@faceverify/core';
import { UsageError } from './failures.ts';
import type { Io } from './io.ts';

export const SECRET_VARIABLE = 'FACEVERIFY_SECRET_KEY';
export const API_KEY_VARIABLE = 'FACEVERIFY_API_KEY';
export const BASE_URL_VARIABLE = 'FACEVERIFY_BASE_URL';

/** The secret key from the environment, or typed without being shown. It is never an argument. */
export async function readSecret(io: Io): Promise<string> {
  const given = io.env[SECRET_VARIABLE];
  if (given) return checked(given, SECRET_VARIABLE);
  const typed = await io.askHidden('Secret key (it is not shown): ');
  if (typed === undefined) {
    throw new UsageError(
      `The secret key is needed, and there is no terminal to ask for it. Set ${SECRET_VARIABLE} in the environment.`,
    );
  }
  return checked(typed, 'The secret key that was typed');
}

/** The pair of keys to sign with. */
export interface Keys {
  readonly apiKey: string;
  readonly secretKey: string;
}

/** The API key from the environment, and the secret key from there or typed. */
export async function readKeys(io: Io): Promise<Keys> {
  const apiKey = io.env[API_KEY_VARIABLE];
  if (!apiKey) throw new UsageError(`${API_KEY_VARIABLE} is not set. Type: export ${API_KEY_VARIABLE}=your-api-key`);
  const problem = keyProblem('apiKey', apiKey);
  if (problem !== undefined) throw new UsageError(`${API_KEY_VARIABLE} ${problem}`);
  const secretKey = await readSecret(io);
  if (apiKey === secretKey) {
    throw new UsageError('The API key and the secret key are the same: one of them was copied to the wrong place.');
  }
  return { apiKey, secretKey };
}

function checked(secretKey: string, where: string): string {
  const problem = keyProblem('secretKey', secretKey);
  if (problem === undefined) return secretKey;
  throw new UsageError(`${where} ${problem}`);
}

/** What is wrong with the form of a key, as the end of a sentence; the value is not quoted. */
export function keyProblem(name: 'apiKey' | 'secretKey', value: string): string | undefined {
  try {
    // Nothing is sent. Closing has nothing to wait for.
    void createFaceVerify({ apiKey: 'key', secretKey: 'key', [name]: value, baseUrl: 'https://localhost' }).close();
    return undefined;
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    return error.message.replace(/^\S+ /, '');
  }
}

const DEFAULT_BASE_URL = 'https://start.faceverify.ai';

/** The origin of the API; an empty variable is none. */
export function baseUrlOf({ env }: Pick<Io, 'env'>): string {
  const given = env[BASE_URL_VARIABLE] ?? '';
  return given === '' ? DEFAULT_BASE_URL : given;
}
