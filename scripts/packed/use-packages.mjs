// Uses every package as an app would. Copied into empty projects by test-packed.mjs.
import assert from 'node:assert/strict';
import { post } from './post.mjs';

const identify = () => ({ uniqueIdentifier: 'alice' });

/**
 * Creates sessions with every package, over real sockets, and looks at what the emulator got.
 *
 * @param load `import` or `require`.
 */
export async function usePackages(load) {
  const { ADAPTERS } = await import('./adapters.mjs');
  const [core, emulator] = [await load('@faceverify/core'), await load('@faceverify/emulator')];
  const { explainSignature } = await load('@faceverify/core/diagnose');
  const vendor = emulator.createEmulator();
  const { url: baseUrl, close } = await vendor.listen();
  const options = { apiKey: vendor.apiKey, secretKey: vendor.secretKey, baseUrl };

  const client = core.createFaceVerify(options);
  const session = await client.createSession({ uniqueIdentifier: 'alice', country: 'US' });
  assert.equal(new URL(session.url).origin, baseUrl);
  const wrong = core.createFaceVerify({ ...options, secretKey: 'wrong' });
  await assert.rejects(wrong.createSession(), (error) => core.FaceVerifyError.is(error) && error.code === 'rejected');

  const signature = '0'.repeat(64);
  const refused = { method: 'POST', url: `${baseUrl}/api/v1/session`, apiKey: 'key', secretKey: 'secret', signature };
  assert.match((await explainSignature(refused)).summary, /^The signature is wrong/);

  for (const { folder, framework } of ADAPTERS) {
    const { createApp } = await import(`./${folder}.mjs`);
    const native = framework && (await load(framework));
    const app = await createApp(native, await load(`@faceverify/${folder}`), options, identify);
    assert.equal(await linkFrom(app), session.url, 'the same person gets the same link');
  }
  assert.deepEqual(
    vendor.received.map(({ accepted }) => accepted),
    [true, false, ...ADAPTERS.map(() => true)],
  );
  await Promise.all([client.close(), wrong.close()]);
  await close();
}

async function linkFrom(app) {
  const response = await post(app, '/session');
  assert.equal(response.status, 200);
  const { url } = await response.json();
  return url;
}
