// Starts a bundle, and looks at what it did and at what the emulator got.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { createEmulator } from '@faceverify/emulator';
import { Miniflare } from 'miniflare';

const run = promisify(execFile);
const REASON = 'must not run in a browser: the secret key would be public';

/** How each target prints its result, given the keys. */
const STARTS = {
  node: async (file, env) => JSON.parse((await run(process.execPath, [file], { cwd: dirname(file), env })).stdout),
  bun: async (file, env) => JSON.parse((await run(file, { cwd: dirname(file), env })).stdout),
  async workers(file, bindings) {
    const workerd = new Miniflare({
      modules: [{ type: 'ESModule', path: 'bundle.js', contents: readFileSync(file, 'utf8') }],
      compatibilityDate: '2026-04-01',
      host: '127.0.0.1',
      port: 0,
      cf: false, // Or it looks for the network.
      bindings,
    });
    try {
      const response = await fetch(await workerd.ready);
      if (!response.ok) throw new Error(`The Worker answers ${response.status}: ${await response.text()}`);
      return await response.json();
    } finally {
      await workerd.dispose();
    }
  },
};

/** Creates sessions with the app in a bundle. See apps/try-bundle.mjs for what it does. */
export async function startBundle(file, target, vector) {
  const vendor = createEmulator();
  const { url, close } = await vendor.listen();
  try {
    const env = { API_KEY: vendor.apiKey, SECRET_KEY: vendor.secretKey, BASE_URL: url };
    const { links, signatures, recognised, copies } = await STARTS[target](file, env);
    assert.deepEqual(signatures, [vector.signature, vector.signature]);
    assert.deepEqual(recognised, [true, true], 'each copy recognises the errors of the other');
    assert.deepEqual(
      links,
      Array.from({ length: 3 }, () => links[0]),
      'the same person gets the same link',
    );
    assert.equal(new URL(links[0]).origin, url);
    assert.deepEqual(
      vendor.received.map(({ accepted }) => accepted),
      [true, true, true],
    );
    return copies === 1 ? 'one copy of the core' : 'two copies of the core';
  } finally {
    await close();
  }
}

/** The bundle must hold one platform, and not the other. */
export function checkPlatform(file, target) {
  const text = readFileSync(file, 'latin1');
  const [wanted, other] = target === 'node' ? ['getBuiltinModule', '.subtle.'] : ['.subtle.', 'getBuiltinModule'];
  assert.ok(text.includes(wanted), `it lacks ${wanted}`);
  // Frameworks may use the other one.
  if (target === 'workers') assert.ok(!text.includes(other), `it holds ${other}`);
}

/** A bundle for browsers loads, and then throws. */
export async function startInBrowser(file) {
  const reason = await run(process.execPath, [file]).then(() => 'It loads.', String);
  assert.ok(reason.includes(REASON), reason);
}
