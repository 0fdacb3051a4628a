// What an app takes from an adapter alone, without the core in its package.json; ADAPTER becomes the adapter's name.
// It exports what it makes, so that TypeScript writes down the types.
import {
  createFaceVerify,
  type FaceVerify,
  FaceVerifyError,
  type FaceVerifyOptions,
  sameOrigin,
  type Session,
  sessionHandler,
} from '@faceverify/ADAPTER';

export const client = createFaceVerify({ apiKey: 'key', secretKey: 'secret' });
export const guard = sameOrigin({ origins: ['https://app.example'] });
export const route = sessionHandler({ identify: () => ({ uniqueIdentifier: 'alice' }) });
export const routes = { guard, route, create: () => sessionHandler({ client, identify: () => undefined }) };

export const options: FaceVerifyOptions = { timeoutMs: 1000 };
export async function create(faceVerify: FaceVerify): Promise<Session | undefined> {
  try {
    const session = await faceVerify.createSession({ uniqueIdentifier: 'alice' });
    // @ts-expect-error -- A string.
    const url: number = session.url;
    return url === 0 ? undefined : session;
  } catch (error) {
    if (FaceVerifyError.is(error)) return undefined;
    throw error;
  }
}
// @ts-expect-error -- With exactOptionalPropertyTypes or without, it is no number.
export const misspelt: FaceVerifyOptions = { apiKey: 1 };
