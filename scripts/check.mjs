// Everything that can be said of the code without running it: `npm run check`.
// Prints a line for each check, and at the end what the failed ones had to say.
//
//   npm run check -- lint format      only the checks whose names begin so
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { packPublished, ROOT } from './lib/published.mjs';

const tarballs = mkdtempSync(join(tmpdir(), 'tarballs-'));
let packed = [];
const ofEachTarball = (command) => () => packed.map(({ tarball }) => [...command, tarball]);

/** Each runs its commands one after the other. Nothing else may run while the packages are built and packed. */
const PREPARATIONS = [
  { name: 'build', run: () => runAll([['npm', 'run', 'build']]) },
  { name: 'pack', run: () => pack() },
];
const CHECKS = [
  { name: 'types', commands: () => [['tsc', '-p', 'tsconfig.json']] },
  { name: 'types without Node', commands: () => [['tsc', '-p', 'tsconfig.web.json']] },
  { name: 'lint', commands: () => [['oxlint', '--deny-warnings']] },
  { name: 'format', commands: () => [['oxfmt', '--check']] },
  { name: 'import rules', commands: () => [['depcruise', 'packages', 'test', 'examples']] },
  { name: 'import rules notice breaches', commands: () => [['node', 'scripts/check-import-rules.mjs']] },
  { name: 'unused code', commands: () => [['knip', '--no-progress']] },
  { name: 'publint of tarballs', commands: ofEachTarball(['publint', 'run', '--strict']) },
  { name: 'types of tarballs (attw)', commands: ofEachTarball(['attw', '--no-color', '--no-emoji']) },
].map(({ name, commands }) => ({ name, run: () => runAll(commands()) }));

const wanted = process.argv.slice(2);
const checks = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
const needsTarballs = ({ name }) => name.includes('tarballs');
const failures = [];

try {
  for (const preparation of checks.some(needsTarballs) ? PREPARATIONS : []) {
    if (failures.length === 0) await report(preparation);
  }
  const queue = checks.filter((check) => failures.length === 0 || !needsTarballs(check));
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let check = queue.shift(); check !== undefined; check = queue.shift()) await report(check);
    }),
  );
} finally {
  rmSync(tarballs, { recursive: true });
}
for (const { name, output } of failures) console.log(`\n--- ${name}\n${output.trim()}`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function report({ name, run }) {
  const began = performance.now();
  const { passed, output } = await run();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(30)} ${seconds.padStart(5)} s`);
  if (!passed) failures.push({ name, output });
}

async function pack() {
  try {
    packed = await packPublished(tarballs);
    return { passed: packed.length > 0, output: 'There is nothing to pack.' };
  } catch (error) {
    return { passed: false, output: String(error) };
  }
}

async function runAll(commands) {
  const results = [];
  for (const command of commands) results.push(await runCommand(command));
  const failed = results.filter(({ passed }) => !passed);
  return { passed: failed.length === 0 && results.length > 0, output: failed.map(({ output }) => output).join('\n') };
}

/** Runs a tool of node_modules; resolves when it ends, whatever it says. */
function runCommand([file, ...args]) {
  return new Promise((resolve) => {
    const path = join(ROOT, 'node_modules', '.bin') + delimiter + process.env.PATH;
    const child = spawn(file, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = `$ ${[file, ...args].join(' ')}\n`;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    child.on('error', (error) => resolve({ passed: false, output: output + error.message }));
    child.on('close', (code) => resolve({ passed: code === 0, output }));
  });
}
