import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { ARTIFACTS, CORE_ENTRIES, ROOT } from './paths.mjs';
import { sources } from './sources.mjs';

export const ONE_ENTRY = 'a build with one entry';

/**
 * Writes modules that import the core: its entries, each together with those before it, and a build of all its sources
 * with one entry, in a package of its own. The result has their paths, by what they import.
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

  const imports = { [ONE_ENTRY]: ['one-entry'] };
  for (const count of entries.keys()) {
    const imported = entries.slice(0, count + 1);
    imports[imported.join(' and ')] = imported;
  }
  return Object.fromEntries(
    Object.entries(imports).map(([name, imported], index) => {
      const path = `${folder}${index}.mjs`;
      writeFileSync(path, imported.map((specifier) => `import '${specifier}';\n`).join(''));
      return [name, path];
    }),
  );
}
