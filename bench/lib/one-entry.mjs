import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { ARTIFACTS, CORE_ENTRIES, ROOT } from './paths.mjs';
import { sources } from './sources.mjs';

/**
 * Writes modules that import the core: `oneEntry` a build of all its sources with one entry, in a package of its own;
 * `allEntries` the entries of `@faceverify/core`. The result has their paths.
 */
export async function writeCoreImports() {
  const folder = `${ARTIFACTS}imports/`;
  const entries = Object.keys(CORE_ENTRIES);
  const packageFolder = `${folder}node_modules/one-entry/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(packageFolder, { recursive: true });
  await build({
    absWorkingDir: ROOT,
    stdin: { contents: entries.map((entry) => `export * from '${entry}';`).join('\n'), resolveDir: ROOT },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    tsconfigRaw: '{}',
    plugins: [sources('node')],
    outfile: `${packageFolder}index.js`,
    logLevel: 'error',
  });
  writeFileSync(`${packageFolder}package.json`, JSON.stringify({ type: 'module', exports: './index.js' }));

  const write = (name, imported) => {
    const path = `${folder}${name}.mjs`;
    writeFileSync(path, imported.map((specifier) => `import '${specifier}';\n`).join(''));
    return path;
  };
  return { oneEntry: write('one-entry', ['one-entry']), allEntries: write('all-entries', entries) };
}
