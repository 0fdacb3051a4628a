import { readFileSync } from 'node:fs';

/** The version that is installed of a package that bundlers/package.json names, or of one that those need. */
export function versionOf(name) {
  const path = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')).version;
}
