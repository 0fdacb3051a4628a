// Tries the built packages beside what apps use with them: `npm run test:neighbours`.
//
//   npm run test:neighbours -- proxies mocks      only the items whose names begin so
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readCertificate } from './lib/certificate.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const NODE24 = `${folder}node_modules/node24/bin/node`;
const THIS = process.execPath;
const home = mkdtempSync(join(tmpdir(), 'neighbours-'));
const CERTIFICATE = join(home, 'certificate.pem');
writeFileSync(CERTIFICATE, readCertificate().cert);

/** An item runs once for each Node version; `seconds` is when it is given up. */
const ITEMS = [
  // nock 15 and msw 3 need Node 22, undici 8 too.
  ...['nock-13', 'nock-14', 'msw-2', 'undici-6', 'undici-7'].map((mock) => mockItem(mock, [THIS, NODE24])),
  ...['nock-15', 'msw-3', 'undici-8'].map((mock) => mockItem(mock, [NODE24])),
  {
    name: 'proxies',
    nodes: [THIS, NODE24],
    args: ['proxies.mjs'],
    seconds: 90,
    env: { NODE_EXTRA_CA_CERTS: CERTIFICATE },
  },
  {
    name: 'env proxy',
    nodes: [THIS, NODE24],
    args: ['env-proxy.mjs'],
    seconds: 60,
    env: { NODE_EXTRA_CA_CERTS: CERTIFICATE },
  },
  { name: 'slow network', nodes: [THIS, NODE24], args: ['slow-network.mjs'], seconds: 60 },
  { name: 'hono node-server', nodes: [THIS, NODE24], args: ['hono-node-server.mjs'], seconds: 60 },
  // dd-trace 6 needs Node 22.
  tracerItem('dd-trace-5', [THIS, NODE24]),
  tracerItem('dd-trace-6', [NODE24]),
  tracerItem('opentelemetry', [THIS, NODE24]),
];

function tracerItem(tracer, nodes) {
  const env = { NODE_EXTRA_CA_CERTS: CERTIFICATE };
  return { name: `tracers: ${tracer}`, nodes, args: ['tracers.mjs', tracer], seconds: 90, env };
}

function mockItem(mock, nodes) {
  return { name: `mocks: ${mock}`, nodes, args: ['mocks.mjs', mock], seconds: 60 };
}

const wanted = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const item of ITEMS) {
  if (wanted.length > 0 && !wanted.some((start) => item.name.startsWith(start))) continue;
  for (const node of item.nodes) await run(item, node);
}
rmSync(home, { recursive: true });
console.log(`\nneighbours: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Counts the lines that lib/check.mjs prints. A process that fails without one, or tries nothing, is one failure. */
async function run({ name, args, seconds, env }, node) {
  if (!existsSync(node)) {
    failed++;
    console.log(`\n${name}\n  FAILED  ${node} is missing; npm has it for Linux on x64 only`);
    return;
  }
  const began = performance.now();
  const child = spawn(node, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
  });
  console.log(`\n${name}, Node ${node === NODE24 ? 24 : process.versions.node}`);
  const counts = { ok: 0, FAILED: 0 };
  createInterface(child.stdout).on('line', (line) => {
    console.log(line);
    const [, word] = /^ {2}(ok|FAILED) /.exec(line) ?? [];
    if (word !== undefined) counts[word]++;
  });
  const [code, signal] = await new Promise((resolve) => child.on('close', (...given) => resolve(given)));
  console.log(`  ${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (counts.FAILED === 0 && (code !== 0 || counts.ok === 0)) {
    counts.FAILED++;
    console.log(`  FAILED  ${name} ended with ${signal ?? code} after ${counts.ok} checks`);
  }
  passed += counts.ok;
  failed += counts.FAILED;
}
