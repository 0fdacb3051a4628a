// Installs a folder's own packages if they are not, then runs a command at the root:
//   node scripts/with-install.mjs FOLDER COMMAND [ARGUMENT ...]
// Heavy tools live in folders of their own, so that the default install stays small.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [folder, command, ...args] = process.argv.slice(2);
if (folder === undefined || command === undefined) {
  console.error('usage: node scripts/with-install.mjs FOLDER COMMAND [ARGUMENT ...]');
  process.exit(2);
}

/** Whether what is installed is what the lock file asks for: npm leaves a copy of it behind. */
function isInstalled() {
  const installed = `${root}${folder}/node_modules/.package-lock.json`;
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(`${root}${folder}/package-lock.json`, 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

function run(file, fileArgs, cwd = root) {
  const path = `${root}node_modules/.bin:${process.env.PATH}`;
  const { status, signal } = spawnSync(file, fileArgs, { cwd, stdio: 'inherit', env: { ...process.env, PATH: path } });
  if (status !== 0) process.exit(status ?? (signal === null ? 1 : 128));
}

if (!isInstalled()) run('npm', ['ci', '--no-audit', '--no-fund'], `${root}${folder}`);
run(command, args);
