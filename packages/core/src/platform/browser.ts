import { FaceVerifyError } from '../failure.ts';
import type { LoadDiagnosis } from '../signature-diagnosis.ts';
import type { HmacSha256, Platform } from './platform.ts';

/** Chosen by bundlers for browsers: loading it fails with the reason. */
export const platform: Platform = refuse();
export const hmacSha256: HmacSha256 = refuse;
export const loadDiagnosis: LoadDiagnosis = refuse;

function refuse(): never {
  throw new FaceVerifyError(
    'invalid_options',
    '@faceverify/core must not run in a browser: the secret key would be public. ' +
      'Create the session on your server and send its url to the page.',
  );
}
