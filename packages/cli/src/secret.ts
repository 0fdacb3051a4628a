import { createFaceVerify, FaceVerifyError } from '@faceverify/core';
import { CommandFailure, UsageError } from './failures.ts';
import type { Io } from './io.ts';

export const SECRET_VARIABLE = 'FACEVERIFY_SECRET_KEY';
export const API_KEY_VARIABLE = 'FACEVERIFY_API_KEY';

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

/** The API key from the environment. */
export function readApiKey({ env }: Pick<Io, 'env'>): string {
  const apiKey = env[API_KEY_VARIABLE];
  if (apiKey) return apiKey;
  throw new UsageError(`${API_KEY_VARIABLE} is not set. Type: export ${API_KEY_VARIABLE}=your-api-key`);
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

/** Replaces a secret in texts. */
export interface SecretGuard {
  /** The text with `[secret]` in place of every usual spelling of it. */
  readonly hide: (text: string) => string;
  readonly isIn: (text: string) => boolean;
}

/** Encodings of fewer characters are found in texts by chance. */
const MIN_LENGTH_OF_ENCODED = 6;

/** Finds a secret in plain text, JSON, URLs, hex and base64, in upper and lower case. */
export function guardOf(secretKey: string): SecretGuard {
  const forms = [...new Set(spellingsOf(secretKey))].sort((a, b) => b.length - a.length);
  const escaped = forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const pattern = new RegExp(escaped.join('|'), 'gi');
  return { hide: (text) => text.replace(pattern, '[secret]'), isIn: (text) => text.search(pattern) !== -1 };
}

function spellingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const plain = [
    secret,
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[<>&]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    url,
    url.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`),
    encodeURIComponent(url),
    encodeURI(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
  ];
  if (secret.length < MIN_LENGTH_OF_ENCODED) return plain;
  const bytes = Buffer.from(secret);
  return [
    ...plain,
    bytes.toString('hex'),
    ...(['base64', 'base64url'] as const).flatMap((encoding) =>
      // Within a longer text it may begin at any of three places of a group of base64.
      [0, 1, 2].map((before) => {
        const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
        const encoded = shifted.toString(encoding);
        return encoded.slice(Math.ceil((before * 8) / 6), Math.floor((shifted.length * 8) / 6));
      }),
    ),
  ];
}

/** The end of a command that the user stopped. */
export class Cancelled extends CommandFailure {
  constructor() {
    super('Cancelled.', 130);
  }
}
