import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';
import { contractOf } from '../../test/contract/adapter-contract.ts';
import { pairOf, versionOf } from '../../test/contract/pairs.ts';
import { bundleWorker } from '../../test/support/bundle-worker.ts';
import { startProcess } from '../start.ts';

const runtime = { runtime: 'edge-light', runtimeVersion: versionOf('edge-runtime', 'runtimes') };
const home = mkdtempSync(join(tmpdir(), 'edge-'));
afterAll(() => rmSync(home, { recursive: true }));

for (const { folder, title, runtimes } of ADAPTERS) {
  if (!runtimes.includes('workers')) continue;
  const worker = new URL(`../../packages/${folder}/test/contract-worker.ts`, import.meta.url);
  const script = join(home, `${folder}.js`);
  writeFileSync(script, await bundleWorker('edge-light', fileURLToPath(worker)));
  contractOf(pairOf(runtime, title), (settings) =>
    startProcess([process.execPath, 'runtimes/serve-edge.mjs', script], settings),
  );
}
