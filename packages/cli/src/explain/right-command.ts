import { FaceVerifyError, signRequest } from '@faceverify/core';
import { curlCommand } from '../curl-command.ts';
import type { HttpRequest } from './http-request.ts';

/** The curl command that sends the request with the right signature; `undefined` if no signature would be. */
export async function rightCommand(
  request: HttpRequest,
  apiKey: string | undefined,
  secretKey: string,
): Promise<string | undefined> {
  if (apiKey === undefined) return undefined;
  const method = request.method.toUpperCase();
  const url = readAlike(request.url);
  const body = withoutMark(request.body);
  try {
    const { headers } = await signRequest({ method, url, body, apiKey, secretKey });
    return curlCommand({ method, url, headers, body });
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    return undefined;
  }
}

/** The URL as every signer reads it. */
function readAlike(text: string): string {
  const { origin, pathname, searchParams } = new URL(text);
  const query = searchParams.toString();
  return origin + pathname + (query === '' ? '' : `?${query}`);
}

/** A byte order mark is no part of JSON. */
function withoutMark(body: Uint8Array): Uint8Array {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}
