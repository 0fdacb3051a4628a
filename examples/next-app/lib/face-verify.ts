import { createFaceVerify, type FaceVerify } from '@faceverify/web';
import { userOf } from '../../shared/web.ts';

// Whom to verify: the signed-in user, and nothing that the request says.
export function identify(request: Request) {
  const user = userOf(request);
  return user && { uniqueIdentifier: user.id, country: user.country };
}

let client: FaceVerify | undefined;

/** Created with the first call: `next build` runs modules, where the keys may be missing. */
export function faceVerify(): FaceVerify {
  client ??= createFaceVerify();
  return client;
}
