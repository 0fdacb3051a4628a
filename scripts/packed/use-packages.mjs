// Uses every package as an app would. Copied into empty projects by test-packed.mjs.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';

const identify = () => ({ uniqueIdentifier: 'alice' });

/** Creates sessions with each of the given packages, over real sockets, and looks at what the emulator got. */
export async function usePackages({ core, express, koa, hono, emulator, frameworks }) {
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
  assert.match((await core.explainSignature(refused)).summary, /^The signature is wrong/);

  const links = await Promise.all([
    linkFrom(expressApp(frameworks.express, express, options)),
    linkFrom(koaApp(frameworks.Koa, koa, options)),
    linkFromHono(frameworks.Hono, hono, options),
  ]);
  assert.deepEqual(links, [session.url, session.url, session.url], 'the same person gets the same link');
  assert.deepEqual(
    vendor.received.map(({ accepted }) => accepted),
    [true, false, true, true, true],
  );
  await Promise.all([client.close(), wrong.close()]);
  await close();
}

function expressApp(express, { faceVerify, sessionHandler }, options) {
  return express().use(faceVerify(options)).post('/session', sessionHandler({ identify }));
}

function koaApp(Koa, { faceVerify, sessionHandler }, options) {
  return new Koa().use(faceVerify(options)).use(sessionHandler({ identify })).callback();
}

async function linkFrom(app) {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${server.address().port}/session`, { method: 'POST' });
  assert.equal(response.status, 200);
  const { url } = await response.json();
  server.closeAllConnections();
  server.close();
  return url;
}

async function linkFromHono(Hono, { faceVerify, sessionHandler }, options) {
  const app = new Hono().use(faceVerify(options)).post('/session', sessionHandler({ identify }));
  const response = await app.request('/session', { method: 'POST' });
  assert.equal(response.status, 200);
  const { url } = await response.json();
  return url;
}
