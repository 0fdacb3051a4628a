// Installs the packed packages in empty projects, outside this one, and uses them as apps would:
// `npm run test:packed`. Prints a line for each thing that was tried.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { ADAPTERS } from '../adapters.mjs';
import { tryBundles } from '../bundlers/bundles.mjs';
import {
  copyCore,
  FURTHER_DEPENDENCIES,
  runBuilt,
  tryTypes,
  ONLY_TYPESCRIPT_6,
  NEWEST_COMPILERS,
} from '../bundlers/types.mjs';
import { check, totals } from '../bundlers/cases.mjs';
import { createProject } from './lib/packed-project.mjs';
import { packPublished, ROOT } from './lib/published.mjs';

const run = promisify(execFile);
const home = mkdtempSync(join(tmpdir(), 'packed-'));
const packed = await packPublished(home);
const tarballs = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
const core = { '@faceverify/core': tarballs['@faceverify/core'] };
const adapters = Object.fromEntries(
  ADAPTERS.map(({ folder }) => [`@faceverify/${folder}`, tarballs[`@faceverify/${folder}`]]),
);
const NODE_TYPES = { '@types/node': '^20.19.0' };
const NEWEST = Object.assign({}, ...ADAPTERS.map(({ newest }) => newest), NODE_TYPES);
/** The lowest versions that the peer dependencies allow. */
const OLDEST = Object.assign({}, ...ADAPTERS.map(({ oldest }) => oldest), NODE_TYPES);
const RESOLUTIONS = ['node10', 'node16FromCommonJs', 'node16', 'bundler'];
const NODENEXT = ['nodenextFromCommonJs', 'nodenext'];

try {
  await inspectTarballs();
  await check('no file for the web or for browsers needs Node', inspectPlatforms);

  const newest = await createProject(home, 'newest frameworks', { ...tarballs, ...NEWEST, ...FURTHER_DEPENDENCIES });
  await runFixtures(newest);
  await check('the command faceverify-emulator', () => runCommand(newest));
  await tryTypes(newest, 'the core and the adapters', RESOLUTIONS);
  await tryTypes(newest, 'the core and the adapters', NODENEXT, NEWEST_COMPILERS);
  await check('TypeScript, built as CommonJS for node10, runs', () => runBuilt(newest));
  await tryTypes(newest, 'import = require()', ['verbatimCommonJs']);
  copyCore(newest);
  await tryTypes(newest, 'routers, clients, undici and two copies of the core', ['node16']);
  await tryBundles(newest, home);

  const oldest = await createProject(home, 'oldest frameworks', { ...tarballs, ...OLDEST });
  await runFixtures(oldest);
  await tryTypes(oldest, 'the core and the adapters', RESOLUTIONS, ONLY_TYPESCRIPT_6);

  const alone = await createProject(home, 'the core alone', core);
  await check('brings nothing along', () => inspectModules(alone));

  // These layouts hide what an app does not name: here the adapters' core.
  const named = { ...adapters, ...NEWEST };
  const byPnpm = await createProject(home, 'installed by pnpm', named, { layout: 'pnpm', overrides: core });
  await tryTypes(byPnpm, 'the adapters', ['node16', 'bundler']);
  const linked = await createProject(home, 'linked by npm', named, { layout: 'linked', overrides: core });
  await tryTypes(linked, 'the adapters', ['node16', 'bundler'], ONLY_TYPESCRIPT_6);
} finally {
  rmSync(home, { recursive: true });
}
console.log(`\npackages: ${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;

async function inspectTarballs() {
  console.log('tarballs');
  const licence = readFileSync(join(ROOT, 'LICENSE'), 'utf8');
  for (const { name, folder, files } of packed) {
    await check(`${name} holds dist, README.md, LICENSE and package.json, and what the latter names`, () => {
      const others = files.filter(
        (file) => !/^(dist\/.+\.(js|cjs|d\.ts|d\.cts)|README\.md|LICENSE|package\.json)$/.test(file),
      );
      if (others.length > 0) throw new Error(`further files: ${others.join(', ')}`);
      const text = readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8');
      const named = [...text.matchAll(/"\.\/([^"*]+\.\w+)"/g)].map(([, path]) => path);
      const missing = ['README.md', 'LICENSE', ...named].filter((path) => !files.includes(path));
      if (missing.length > 0) throw new Error(`missing files: ${missing.join(', ')}`);
      if (readFileSync(join(ROOT, 'packages', folder, 'LICENSE'), 'utf8') !== licence) {
        throw new Error('LICENSE differs');
      }
    });
  }
}

/** Two platforms once shared a chunk: then what was built for the web ran Node's code, and nothing else noticed. */
function inspectPlatforms() {
  const dist = join(ROOT, 'packages', 'core', 'dist');
  for (const platform of ['web', 'browser']) {
    for (const file of readdirSync(join(dist, platform))) {
      const text = readFileSync(join(dist, platform, file), 'utf8');
      const own = [...text.matchAll(/["'](\.\.?\/[^"']+)["']/g)].every(([, path]) => /^\.\/\w+\.c?js$/.test(path));
      if (!own || /getBuiltinModule|["']node:/.test(text)) throw new Error(`dist/${platform}/${file} needs Node`);
    }
  }
  if (!readFileSync(join(dist, 'node', 'shared.js'), 'utf8').includes('getBuiltinModule')) {
    throw new Error('dist/node does not need Node either: this check notices nothing');
  }
}

function inspectModules(project) {
  const found = readdirSync(join(project, 'node_modules'), { recursive: true })
    .filter((path) => path.endsWith('package.json'))
    .join();
  if (found !== join('@faceverify', 'core', 'package.json')) throw new Error(`found ${found}`);
}

async function runFixtures(project) {
  for (const [what, file] of [
    ['import: a session with every package', 'with-import.mjs'],
    ['require: a session with every package', 'with-require.cjs'],
    ['import and require together: same exports, errors and clients recognised', 'with-both.cjs'],
  ]) {
    await check(what, () => run(process.execPath, [file], { cwd: project }));
  }
}

async function runCommand(project) {
  const command = join(project, 'node_modules', '.bin', 'faceverify-emulator');
  const { stdout } = await run(command, ['--help']);
  if (!stdout.startsWith('Usage: faceverify-emulator')) throw new Error(`--help prints ${stdout}`);
}
