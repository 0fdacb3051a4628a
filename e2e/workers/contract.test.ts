import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { adapterContract, type StartApp } from '@faceverify/adapter-contract';
import { Miniflare } from 'miniflare';
import { bundleWorker } from './bundle.ts';

const script = await bundleWorker(fileURLToPath(new URL('contract-worker.ts', import.meta.url)));

const start: StartApp = async (settings) => {
  let written = '';
  const workerd = new Miniflare({
    modules: [{ type: 'ESModule', path: 'contract-worker.js', contents: script }],
    compatibilityDate: '2025-10-01',
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

// workerd goes on with a request whose visitor has left until there is something to write.
adapterContract('Hono on workerd', start, { noticesLeaving: false });
