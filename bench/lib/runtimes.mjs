// The versions of Node that clients are measured on, and the packages that they use there.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { NODE_24, ROOT, WITH_INSTALL } from './paths.mjs';

const dependenciesOf = (folder) => JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).dependencies;

export const CURRENT = {
  name: `Node ${process.versions.node}`,
  execPath: process.execPath,
  execArgv: [],
  packages: dependenciesOf(`${ROOT}bench/`),
};

/** Node 24 with the newest clients, which do not support Node 20; `undefined` where npm has no binary for the platform. */
export function installNode24() {
  execFileSync(process.execPath, [WITH_INSTALL, 'bench/node24', process.execPath, '--eval', ''], { stdio: 'inherit' });
  const execPath = `${NODE_24}node_modules/node24/bin/node`;
  if (!existsSync(execPath)) return undefined;
  const version = execFileSync(execPath, ['--print', 'process.versions.node'], { encoding: 'utf8' }).trim();
  return {
    name: `Node ${version}`,
    execPath,
    execArgv: ['--import', new URL('../node24/use-newest-clients.mjs', import.meta.url).href],
    packages: dependenciesOf(NODE_24),
  };
}
