// What every bundle does when it is started. Its app imports the packages, and one of its libraries requires them: most
// bundles hold two copies of each, which must get along.
import { VECTOR } from './vector.mjs';

const identify = () => ({ uniqueIdentifier: 'alice' });

/**
 * @param given.imported `core` and `adapter`, as ESM.
 * @param given.required The same, as CommonJS.
 * @param given.post Posts to an app that `createApp` made.
 * @param given.env Where the app finds its keys.
 */
export async function tryBundle({ imported, required, framework, createApp, post, env }) {
  const options = { apiKey: env.API_KEY, secretKey: env.SECRET_KEY, baseUrl: env.BASE_URL };
  const client = required.core.createFaceVerify(options);
  const links = [];
  for (const [adapter, source] of [
    [imported.adapter, options],
    [required.adapter, options],
    [imported.adapter, client], // Of the other copy.
  ]) {
    const response = await post(await createApp(framework, adapter, source, identify), '/session');
    links.push((await response.json()).url);
  }
  const { signature } = await imported.core.signRequest(VECTOR);
  const { signature: signatureOfOther } = await required.core.signRequest(VECTOR);
  const [error, errorOfOther] = await Promise.all(
    [imported, required].map(({ core }) => core.signRequest({}).catch((reason) => reason)),
  );
  return {
    links,
    signatures: [signature, signatureOfOther],
    recognised: [required.core.FaceVerifyError.is(error), imported.core.FaceVerifyError.is(errorOfOther)],
    copies: required.core.FaceVerifyError === imported.core.FaceVerifyError ? 1 : 2,
  };
}
