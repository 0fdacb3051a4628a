import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Miniflare } from 'miniflare';
import { ADAPTERS } from '../../adapters.mjs';
import { contractOf } from '../../test/contract/adapter-contract.ts';
import { pairOf, versionOf } from '../../test/contract/pairs.ts';
import type { StartApp } from '../../test/contract/settings.ts';
import { bundleWorker } from '../../test/support/bundle-worker.ts';

const runtime = { runtime: 'workerd', runtimeVersion: versionOf('workerd', 'e2e') };

/** @param readsBindings Else the app finds its keys in `process.env`, which a Worker has with this flag only. */
const startOn =
  (script: string, readsBindings: boolean): StartApp =>
  async (settings) => {
    let written = '';
    const workerd = new Miniflare({
      modules: [{ type: 'ESModule', path: 'contract-worker.js', contents: script }],
      compatibilityDate: '2025-10-01',
      compatibilityFlags: settings.keys === 'from environment' && !readsBindings ? ['nodejs_compat'] : [],
      host: '127.0.0.1',
      port: 0,
      cf: false, // Or it looks for the network.
      bindings: { SETTINGS: settings, ...settings.environment },
      handleRuntimeStdio(_stdout: Readable, stderr: Readable) {
        stderr.on('data', (chunk: Buffer) => {
          written += chunk.toString();
        });
      },
    });
    const { origin } = await workerd.ready;
    return { url: origin, close: () => workerd.dispose(), written: () => written };
  };

for (const { folder, title, framework, runtimes } of ADAPTERS) {
  if (!runtimes.includes('workers')) continue;
  const worker = new URL(`../../packages/${folder}/test/contract-worker.ts`, import.meta.url);
  const script = await bundleWorker('workerd', fileURLToPath(worker));
  contractOf(pairOf(runtime, title), startOn(script, framework !== undefined));
}
