// What apps write compiles: with every TypeScript, in every way in which it finds modules. Declarations are written, so
// that a type which the app cannot name is an error (TS2742; from 6.0 on TS2883).
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { ADAPTERS } from '../adapters.mjs';
import { check, runAll } from './cases.mjs';
import { ROOT } from '../scripts/lib/published.mjs';
import { versionOf } from './versions.mjs';

const run = promisify(execFile);
const TYPESCRIPT_6 = compiler('typescript-6');
const NATIVE = [compiler('typescript-7'), compiler('@typescript/native-preview', 'tsgo')];
/** The oldest that is supported, the newest 5, 6, the native 7, and the last of its previews. */
const COMPILERS = [compiler('typescript-5-0'), compiler('typescript-5-9'), TYPESCRIPT_6, ...NATIVE];
/** Those for which nodenext is more than node16. */
export const NEWEST_COMPILERS = [TYPESCRIPT_6, ...NATIVE];
export const ONLY_TYPESCRIPT_6 = [TYPESCRIPT_6];
const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  isolatedModules: true,
  declaration: true,
  skipLibCheck: false,
  esModuleInterop: true,
  target: 'es2022',
  lib: ['es2022'],
  types: ['node'],
};
const NODE10 = { module: 'commonjs', moduleResolution: 'node10' };
const ESM = { verbatimModuleSyntax: true };
const SETTINGS = {
  node10: { title: 'node10, as classic CommonJS apps have', extension: 'ts', options: NODE10 },
  node16FromCommonJs: { title: 'node16, from CommonJS', extension: 'cts', options: { module: 'node16' } },
  node16: { title: 'node16, from ESM', extension: 'mts', options: { ...ESM, module: 'node16' } },
  nodenextFromCommonJs: { title: 'nodenext, from CommonJS', extension: 'cts', options: { module: 'nodenext' } },
  nodenext: { title: 'nodenext, from ESM', extension: 'mts', options: { ...ESM, module: 'nodenext' } },
  // Wants CommonJS to be written with `import x = require('x')`.
  verbatimCommonJs: { title: 'node16, from CommonJS', extension: 'cts', options: { ...ESM, module: 'node16' } },
  bundler: { title: 'bundler', extension: 'ts', options: { ...ESM, module: 'esnext', moduleResolution: 'bundler' } },
};
/** What the apps in FURTHER import besides. */
export const FURTHER_DEPENDENCIES = {
  '@koa/cors': '5.0.0',
  '@koa/router': '15.7.0',
  '@types/koa__cors': '5.0.1',
  '@types/koa-router': '7.4.9',
  'koa-router': '12.0.1',
  'undici-6': 'npm:undici@6.29.1',
  'undici-7': 'npm:undici@7.30.2',
};
const FURTHER = ['fetch', 'hono-client', 'koa-router', 'own-koa-router', 'two-copies'];
const SOURCES = readSources();

/** What apps write. The names are those of SOURCES. */
const ADAPTER_APPS = ADAPTERS.flatMap(({ folder }) => [folder, `${folder}-alone`]);
const APPS = {
  'the core and the adapters': ['core', ...ADAPTER_APPS],
  'the adapters': ADAPTER_APPS, // Where an app cannot see the core.
  'import = require()': ADAPTERS.map(({ folder }) => `${folder}-verbatim`),
  'routers, clients, undici and two copies of the core': FURTHER,
};

function compiler(name, command = 'tsc') {
  const version = versionOf(name);
  const major = Number(version.split('.')[0]);
  return { version, major, command: join(import.meta.dirname, 'node_modules', name, 'bin', command) };
}

function readSources() {
  const read = (...path) => readFileSync(join(...path), 'utf8');
  const types = join(import.meta.dirname, 'types');
  const sources = { core: read(types, 'core.ts') };
  for (const { folder } of ADAPTERS) {
    sources[folder] = read(ROOT, 'packages', folder, 'test', 'packed', 'app.ts');
    sources[`${folder}-alone`] = read(types, 'adapter.ts').replaceAll('ADAPTER', folder);
    sources[`${folder}-verbatim`] = read(types, 'adapter.cts').replaceAll('ADAPTER', folder);
  }
  for (const name of FURTHER) sources[name] = read(types, `${name}.ts`);
  return sources;
}

/**
 * Compiles apps in a project that has what they import, with every compiler.
 *
 * @param {keyof typeof APPS} apps
 * @param {readonly (keyof typeof SETTINGS)[]} settings
 */
export async function tryTypes(project, apps, settings, compilers = COMPILERS) {
  const cases = [];
  for (const key of settings) {
    const { title, extension, options } = SETTINGS[key];
    const files = APPS[apps].map((name) => `${name}.${extension}`);
    for (const [index, file] of files.entries()) writeFileSync(join(project, file), SOURCES[APPS[apps][index]]);
    for (const each of compilers) {
      const what = `TypeScript ${each.version}, ${title}: ${apps}`;
      if (options === NODE10 && each.major >= 7) console.log(`  skipped ${what}: TypeScript 7 has no node10`);
      else cases.push(() => check(what, () => compile(project, each, files, options, `out-${key}-${each.version}`)));
    }
  }
  await runAll(cases);
}

/** Fails where TypeScript finds fault with the apps, or with the declarations of our packages. */
async function compile(project, { command, major }, files, options, outDir) {
  const deprecated = options === NODE10 && major === 6 ? { ignoreDeprecations: '6.0' } : {};
  const compilerOptions = { ...STRICT, ...options, ...deprecated, rootDir: '.', outDir };
  const config = `tsconfig.${outDir}.json`;
  writeFileSync(join(project, config), JSON.stringify({ compilerOptions, files }));
  const args = [command, '--project', config, '--pretty', 'false'];
  const result = run(process.execPath, args, { cwd: project, maxBuffer: 2 ** 24 });
  const { stdout, code = 0 } = await result.catch((error) => error);
  const found = stdout.split('\n').filter((line) => /^(\S.*)?error TS/.test(line));
  const foreign = /^node_modules\/(?!(\.pnpm\/|\.store\/)?@faceverify[/+])/; // Declarations of others may contradict each other.
  const problems = found.filter((line) => !foreign.test(line));
  if (problems.length > 0 || (code !== 0 && found.length === 0)) throw new Error(`exits with ${code}\n${stdout}`);
  for (const file of files) {
    const declaration = file.replace(/\.(c|m)?ts$/, '.d.$1ts');
    assert.ok(existsSync(join(project, outDir, declaration)), `${declaration} was not written`);
  }
}

/** Runs what TypeScript 6 has built with node10. */
export async function runBuilt(project) {
  const file = `./out-node10-${TYPESCRIPT_6.version}/core.js`;
  const code = `require('${file}').create('alice').then(({ url }) => console.log(url))`;
  const { stdout } = await run(process.execPath, ['-e', code], { cwd: project });
  if (!stdout.startsWith('https://')) throw new Error(`printed ${stdout}`);
}

/** A second copy of the core, of another version: TypeScript takes two of the same version for one. */
export function copyCore(project) {
  const copy = join(project, 'node_modules', 'another-core');
  cpSync(join(project, 'node_modules', '@faceverify', 'core'), copy, { recursive: true });
  const file = join(copy, 'package.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version: '99.0.0' }));
}
