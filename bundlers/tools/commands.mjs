// Bundlers that are run as commands.
import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BIN = fileURLToPath(new URL('../node_modules/.bin/', import.meta.url));

/** @returns What the command prints, by line: there is no other way to its warnings. */
async function runTool(name, args, options) {
  const result = await promisify(execFile)(join(BIN, name), args, { ...options, maxBuffer: 2 ** 24 });
  return [result.stdout, result.stderr].join('\n').split('\n\n');
}

/** @type {import('../tool.d.mts').Tool} */
export const bun = {
  title: 'bun build',
  name: 'bun',
  outputs: [
    { target: 'bun', format: 'executable' },
    { target: 'browser', format: 'esm' },
  ],
  async bundle({ entry, project, folder, target }) {
    const file = join(folder, target === 'bun' ? 'bundle' : 'bundle.mjs');
    const args = target === 'bun' ? ['--compile', '--outfile', file] : ['--target=browser', '--outfile', file];
    return { file, warnings: await runTool('bun', ['build', entry, ...args], { cwd: project }) };
  },
};

/** @type {import('../tool.d.mts').Tool} */
export const ncc = {
  title: 'ncc',
  name: '@vercel/ncc',
  hidesWarnings: true, // Those of webpack, which does the work.
  outputs: [
    { target: 'node', format: 'cjs' },
    { target: 'node', format: 'esm' },
  ],
  async bundle({ entry, project, folder, format }) {
    // It writes the kind of module that the entry is; in a .js file, that is up to package.json.
    const source = format === 'esm' ? entry : entry.replace(/\.mjs$/, '.js');
    if (source !== entry) copyFileSync(entry, source);
    const warnings = await runTool('ncc', ['build', source, '--no-cache', '--out', folder], { cwd: project });
    return { file: join(folder, format === 'esm' ? 'index.mjs' : 'index.js'), warnings };
  },
};

/** @type {import('../tool.d.mts').Tool} */
export const wrangler = {
  title: 'Wrangler',
  name: 'wrangler',
  outputs: [{ target: 'workers', format: 'esm' }],
  async bundle({ entry, project, folder }) {
    const args = [
      'deploy',
      entry,
      '--dry-run',
      '--outdir',
      folder,
      '--name',
      'app',
      '--compatibility-date',
      '2026-04-01',
    ];
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', XDG_CONFIG_HOME: folder };
    const warnings = await runTool('wrangler', args, { cwd: project, env });
    return { file: join(folder, basename(entry).replace(/\.mjs$/, '.js')), warnings };
  },
};
