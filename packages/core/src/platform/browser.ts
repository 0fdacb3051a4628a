import { FaceVerifyError } from '../errors.ts';
import type { HmacSha256, ProcessEnvironment, Transport } from './platform.ts';

/** Bundlers choose this file for browsers: loading it throws the reason. */
export const hmacSha256: HmacSha256 = refuse();
export const createTransport: () => Transport = refuse;
export const processEnvironment: ProcessEnvironment = refuse;

function refuse(): never {
  throw new FaceVerifyError(
    'invalid_options',
    '@faceverify/core must not run in a browser: the secret key would be public. ' +
      'Create the session on your server and send its url to the page. ' +
      'In a jest test with jsdom, add the comment @jest-environment node to the file.',
  );
}
