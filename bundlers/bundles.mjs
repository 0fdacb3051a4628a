// Bundles that run: every bundler, with every adapter. What is bundled is started outside the project, where no package
// can be found.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ADAPTERS } from '../adapters.mjs';
import { check, runAll } from './cases.mjs';
import { ROOT } from '../scripts/lib/published.mjs';
import { writeEntry, writeMisspelt } from './entries.mjs';
import { checkPlatform, startBundle, startInBrowser } from './start.mjs';
import { bun, ncc, wrangler } from './tools/commands.mjs';
import { esbuild } from './tools/esbuild.mjs';
import { rollup } from './tools/rollup.mjs';
import { vite } from './tools/vite.mjs';
import { rspack, webpack } from './tools/webpack.mjs';
import { versionOf } from './versions.mjs';

const TOOLS = [esbuild, rollup, webpack, rspack, vite, ncc, bun, wrangler];
const FORMATS = { cjs: 'CommonJS', esm: 'ESM', executable: 'executable' };
const RUNTIMES = {
  node: { runtime: 'Node', runtimeVersion: process.versions.node },
  bun: { runtime: 'Bun', runtimeVersion: versionOf('bun') },
  workers: { runtime: 'workerd', runtimeVersion: versionOf('workerd') },
};
const [VECTOR] = JSON.parse(readFileSync(join(ROOT, 'packages', 'core', 'test', 'vectors', 'signatures.json'), 'utf8'));

/**
 * @param project A folder in which the packages and the frameworks are installed.
 * @param home An existing folder, for the bundles.
 */
export async function tryBundles(project, home) {
  cpSync(join(import.meta.dirname, 'apps'), project, { recursive: true });
  writeFileSync(join(project, 'vector.mjs'), `export const VECTOR = ${JSON.stringify(VECTOR)};`);
  const rows = [];
  for (const tool of TOOLS) {
    console.log(`\n${tool.title} ${versionOf(tool.name)}`);
    for (const [target, { runtime, runtimeVersion }] of Object.entries(RUNTIMES)) {
      const counts = { passed: 0, failed: 0 };
      const outputs = tool.outputs.filter((output) => output.target === target);
      const cases = outputs.flatMap((output) => adaptersFor(target).map((adapter) => ({ output, adapter })));
      await runAll(
        cases.map(({ output, adapter }) => async () => {
          const what = `${adapter.title}, ${FORMATS[output.format]} for ${runtime}`;
          const ok = await check(what, () => runs({ tool, project, home, output, adapter }));
          counts[ok ? 'passed' : 'failed']++;
        }),
      );
      const framework = { framework: tool.title, frameworkVersion: versionOf(tool.name) };
      if (cases.length > 0) rows.push({ runtime, runtimeVersion, ...framework, ...counts, without: [] });
    }
    for (const output of tool.outputs.filter(({ target }) => target === 'browser')) {
      for (const adapter of adaptersFor('browser')) {
        const what = `${adapter.title}, ${FORMATS[output.format]} for browsers, throws the reason`;
        await check(what, () => refusesBrowsers({ tool, project, home, output, adapter }));
      }
    }
    if (tool.hidesWarnings) {
      console.log(`  skipped no warnings about these packages: ${tool.title} prints none`);
    } else {
      await check('a warning about these packages is noticed', () => noticesWarnings({ tool, project, home }));
    }
  }
  writeTable(rows);
}

/** Those that do not need Node are for Workers, and could be built into a page. */
function adaptersFor(target) {
  return target === 'node' || target === 'bun'
    ? ADAPTERS
    : ADAPTERS.filter(({ runtimes }) => runtimes.includes('workers'));
}

async function runs({ adapter, output, ...rest }) {
  const { target } = output;
  const entry = writeEntry(rest.project, adapter, target);
  const { file, warnings } = await bundle({ ...rest, output, entry, name: `${adapter.folder}-${target}` });
  assert.deepEqual(warnings.filter(isOurs), [], 'warnings about these packages');
  if (target !== 'bun') checkPlatform(file, target);
  return startBundle(file, target, VECTOR);
}

async function refusesBrowsers({ adapter, output, ...rest }) {
  const entry = writeEntry(rest.project, adapter, 'browser');
  const { file, warnings } = await bundle({ ...rest, output, entry, name: `${adapter.folder}-browser` });
  assert.deepEqual(warnings.filter(isOurs), [], 'warnings about these packages');
  await startInBrowser(file);
}

async function noticesWarnings({ tool, ...rest }) {
  const [output] = tool.outputs;
  const { warnings } = await bundle({ tool, ...rest, output, entry: writeMisspelt(rest.project), name: 'misspelt' });
  assert.ok(warnings.some(isOurs), `there are only: ${warnings.join('\n')}`);
}

function bundle({ tool, project, home, output, entry, name }) {
  const folder = join(home, 'bundles', `${tool.name.replace(/\W/g, '')}-${output.format}-${name}`);
  mkdirSync(folder, { recursive: true });
  return tool.bundle({ ...output, entry, project, folder });
}

/** Other packages may be warned about. */
function isOurs(warning) {
  return warning.includes('@faceverify/');
}

/** For the table of compatibility. */
function writeTable(rows) {
  const folder = join(ROOT, 'artifacts', 'compatibility');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bundles.json'), `${JSON.stringify(rows, null, 2)}\n`);
}
