// Point 28: what apps write with the packages compiles, with the routers, clients and layouts that they use. In empty
// projects outside this one, with the packed packages: `node types.mjs`.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packPublished, ROOT } from '../scripts/lib/published.mjs';
import { check } from './lib/check.mjs';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const COMPILERS = {
  5.5: join(FOLDER, 'node_modules', 'typescript-5-5', 'bin', 'tsc'),
  5.9: join(FOLDER, 'node_modules', 'typescript-5-9', 'bin', 'tsc'),
  '6.0': join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'),
  '7.0': join(FOLDER, 'node_modules', 'typescript-7', 'bin', 'tsc'),
};
const OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: 'es2022',
  module: 'node16',
  esModuleInterop: true,
  skipLibCheck: true,
  types: ['node'],
};

const home = mkdtempSync(join(tmpdir(), 'types-'));
const tarballs = Object.fromEntries((await packPublished(home)).map(({ name, tarball }) => [name, `file:${tarball}`]));
const ours = (...names) =>
  Object.fromEntries(names.map((name) => [`@faceverify/${name}`, tarballs[`@faceverify/${name}`]]));
const FRAMEWORKS = {
  '@types/express': '5.0.6',
  '@types/koa': '3.0.3',
  '@types/node': '20.19.43',
  express: '5.3.0',
  hono: '4.13.19',
  koa: '3.3.0',
};

try {
  const flat = await install('one folder for all', {
    ...ours('core', 'express', 'koa', 'hono'),
    ...FRAMEWORKS,
    '@koa/cors': '5.0.0',
    '@koa/router': '15.7.0',
    '@types/koa__cors': '5.0.1',
    '@types/koa-router': '7.4.9',
    'koa-router': '12.0.1',
    'undici-6': 'npm:undici@6.29.1',
    'undici-7': 'npm:undici@7.30.2',
  });
  copyCore(flat);
  for (const [what, file] of [
    ['koa-router with @types/koa-router, and cors()', 'koa-router'],
    ['@koa/router, and cors()', 'own-koa-router'],
    ['the fetch of undici 6 and 7, and the global one', 'fetch'],
    ['hc of hono/client knows the ready route', 'hono-client'],
    ['an onError typed by another copy of the core', 'two-copies'],
  ]) {
    await compileWithEach(flat, what, [file], { noEmit: true });
  }

  // As pnpm lays packages out, an app sees what its own package.json names, and nothing else.
  const named = { ...ours('express', 'koa', 'hono'), ...FRAMEWORKS };
  const layouts = {
    'npm, linked': () => install('linked', named, { args: ['--install-strategy=linked'], overrides: ours('core') }),
    pnpm: () => installWithPnpm('pnpm', named, ours('core')),
  };
  for (const [layout, prepare] of Object.entries(layouts)) {
    const folder = await prepare();
    const files = ['exported-express', 'exported-koa', 'exported-hono'];
    const options = { declaration: true, outDir: 'out' };
    await compileWithEach(folder, `declarations of an app that exports its handlers, ${layout}`, files, options);
  }
} finally {
  rmSync(home, { recursive: true });
}

/** Makes an empty project with these dependencies and the fixtures, and installs them. */
async function install(name, dependencies, { args = [], overrides } = {}) {
  const folder = createProject(name, { dependencies, overrides });
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...flags, ...args], { cwd: folder, maxBuffer: 2 ** 24 });
  return folder;
}

async function installWithPnpm(name, dependencies, overrides) {
  const folder = createProject(name, { dependencies, pnpm: { overrides } });
  const pnpm = join(FOLDER, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
  const flags = [
    '--prefer-offline',
    '--ignore-scripts',
    '--reporter=silent',
    `--store-dir=${join(home, 'pnpm-store')}`,
  ];
  await run(process.execPath, [pnpm, 'install', ...flags], { cwd: folder, maxBuffer: 2 ** 24 });
  return folder;
}

function createProject(name, packageJson) {
  const folder = join(home, name.replaceAll(' ', '-'));
  cpSync(join(FOLDER, 'types'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', ...packageJson }));
  return folder;
}

/** A second copy of the core, of another version: TypeScript takes two of the same version for one. */
function copyCore(folder) {
  const copy = join(folder, 'node_modules', 'another-core');
  cpSync(join(folder, 'node_modules', '@faceverify', 'core'), copy, { recursive: true });
  const file = join(copy, 'package.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version: '99.0.0' }));
}

async function compileWithEach(folder, what, files, options) {
  for (const [version, compiler] of Object.entries(COMPILERS)) {
    await check(`TypeScript ${version}: ${what}`, async () => {
      const config = `tsconfig.${files[0]}.json`;
      const content = { compilerOptions: { ...OPTIONS, ...options }, files: files.map((file) => `${file}.ts`) };
      writeFileSync(join(folder, config), JSON.stringify(content));
      const args = [compiler, '--project', config, '--pretty', 'false'];
      await run(process.execPath, args, { cwd: folder }).catch(({ stdout, stderr }) => {
        throw new Error(`${stdout}${stderr}`.trim().split('\n').slice(0, 8).join('\n'));
      });
    });
  }
}
