// The licences of what users install with the packages.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../scripts/lib/published.mjs';

const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/**
 * Every dependency of the packages, and theirs, as far down as they go. Peers are the app's own.
 *
 * @returns {{ name: string, problem: string | undefined }[]}
 */
export function shippedLicences(packages) {
  const found = new Map();
  const visit = (folder) => {
    const { name, version, license, dependencies = {}, optionalDependencies = {} } = manifestIn(folder);
    if (found.has(folder)) return;
    const problem = ALLOWED.includes(license) ? undefined : `${license} is not one of ${ALLOWED.join(', ')}.`;
    found.set(folder, { name: `${name} ${version}: ${license}`, problem });
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (!each.startsWith('@faceverify/')) visit(installedFrom(folder, each));
    }
  };
  for (const { folder } of packages) visit(join(ROOT, 'packages', folder));
  return [...found.values()];
}

const manifestIn = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Where Node finds a package from this folder. */
function installedFrom(start, name) {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`${name} is not installed: run npm ci`);
}
