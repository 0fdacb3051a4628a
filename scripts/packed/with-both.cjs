'use strict';
// An app and one of its libraries may load different copies of a package: they must get along.
const assert = require('node:assert/strict');

async function main() {
  const { ADAPTERS } = await import('./adapters.mjs');
  const folders = ['core', 'emulator', ...ADAPTERS.map(({ folder }) => folder)];
  const entries = [...folders, 'core/adapter', 'core/diagnose'];
  for (const name of entries.map((entry) => `@faceverify/${entry}`)) {
    const imported = await import(name);
    const required = require(name);
    assert.deepEqual(Object.keys(required).sort(), Object.keys(imported).sort(), `${name} has the same exports`);
  }

  const imported = await import('@faceverify/core');
  const required = require('@faceverify/core');
  assert.notEqual(imported.FaceVerifyError, required.FaceVerifyError, 'two copies, or this shows nothing');
  for (const [one, other] of [
    [imported, required],
    [required, imported],
  ]) {
    const error = await one.signRequest({}).catch((reason) => reason);
    assert.equal(error instanceof other.FaceVerifyError, false);
    assert.equal(other.FaceVerifyError.is(error), true);
    assert.equal(error.code, 'invalid_params');
  }

  // A client of one copy, handed to an adapter of the other.
  const { createEmulator } = require('@faceverify/emulator');
  const { apiKey, secretKey, fetch } = createEmulator();
  const client = imported.createFaceVerify({ apiKey, secretKey, fetch });
  const { faceVerify } = require('@faceverify/express');
  const request = {};
  await new Promise((next) => faceVerify(client)(request, {}, next));
  assert.equal(request.faceVerify, client);
  assert.match((await request.faceVerify.createSession()).url, /^https:/);
}

void main();
