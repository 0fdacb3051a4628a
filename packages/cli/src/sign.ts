import { FaceVerifyError, signRequest } from '@faceverify/core';
import type { Invocation } from './command.ts';
import { curlCommand } from './curl-command.ts';
import { UsageError } from './failures.ts';
import { type Io, readInput, toJson } from './io.ts';
import { readKeys } from './keys.ts';
import { guardOf } from './secret-guard.ts';

/** `faceverify sign`: the headers that carry the signature of a request. */
export async function run({ values, positionals }: Invocation, io: Io): Promise<number> {
  const [givenMethod = '', url = ''] = positionals;
  const method = givenMethod.toUpperCase();
  const bodyFile = typeof values['body'] === 'string' ? values['body'] : undefined;
  const body = bodyFile === undefined ? new Uint8Array() : await readInput(bodyFile, io);
  const keys = await readKeys(io);
  if ([url, Buffer.from(body).toString()].some(guardOf(keys.secretKey).isIn)) {
    throw new UsageError('The request holds the secret key, which is never sent. Take it out.');
  }
  const { headers } = await signRequest({ method, url, body, ...keys }).catch((error: unknown) => {
    if (!FaceVerifyError.is(error)) throw error;
    throw new UsageError(error.message.replace(/^signRequest: /, 'The '));
  });
  if (values['curl'] === true) {
    io.out.write(`${curlCommand({ method, url, headers, body, bodyFile: bodyFile === '-' ? undefined : bodyFile })}\n`);
  } else if (values['json'] === true) io.out.write(`${toJson({ headers })}\n`);
  else for (const [name, value] of Object.entries(headers)) io.out.write(`${name}: ${value}\n`);
  return 0;
}
