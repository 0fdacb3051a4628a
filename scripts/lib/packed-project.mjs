// Empty projects in which the packed packages are installed, as an app would.
import { execFile } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { ADAPTERS } from '../../adapters.mjs';
import { ROOT } from './published.mjs';

const run = promisify(execFile);
const PNPM = join(ROOT, 'bundlers', 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');

/**
 * Makes a project below `home` with these dependencies and the small apps, and installs them.
 *
 * @param {'hoisted' | 'linked' | 'pnpm'} [given.layout] The latter two hide what package.json does not name.
 * @returns {Promise<string>} Its folder.
 */
export async function createProject(home, name, dependencies, { layout = 'hoisted', overrides } = {}) {
  console.log(`\n${name}`);
  const folder = join(home, name.replaceAll(' ', '-'));
  cpSync(join(ROOT, 'scripts', 'packed'), folder, { recursive: true });
  cpSync(join(ROOT, 'adapters.mjs'), join(folder, 'adapters.mjs'));
  for (const { folder: adapter } of ADAPTERS) {
    cpSync(join(ROOT, 'packages', adapter, 'test', 'packed', 'app.mjs'), join(folder, `${adapter}.mjs`));
  }
  const pnpm = layout === 'pnpm';
  const manifest = { private: true, dependencies, ...(pnpm ? { pnpm: { overrides } } : { overrides }) };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const [file, ...args] = pnpm
    ? [process.execPath, PNPM, 'install', '--reporter=silent', `--store-dir=${join(home, 'pnpm-store')}`]
    : ['npm', 'install', `--install-strategy=${layout}`, '--no-audit', '--no-fund', '--loglevel=error'];
  await run(file, [...args, '--prefer-offline', '--ignore-scripts'], { cwd: folder, maxBuffer: 2 ** 24 });
  return folder;
}
