// The packages that are published: all below packages/.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @returns {{ name: string, folder: string }[]} */
export function publishedPackages() {
  return readdirSync(join(ROOT, 'packages'))
    .map((folder) => ({ ...JSON.parse(readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8')), folder }))
    .map(({ name, folder }) => ({ name, folder }));
}

/**
 * Packs what is built, as `npm publish` would.
 *
 * @param {string} destination An existing folder.
 * @returns {Promise<{ name: string, folder: string, tarball: string, files: string[] }[]>}
 */
export async function packPublished(destination) {
  const published = publishedPackages();
  const workspaces = published.flatMap(({ name }) => ['--workspace', name]);
  const args = ['pack', ...workspaces, '--json', '--silent', '--pack-destination', destination];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: ROOT, maxBuffer: 2 ** 24 });
  const packed = JSON.parse(stdout);
  return published.map((each) => {
    const { filename, files } = packed.find(({ name }) => name === each.name);
    return { ...each, tarball: join(destination, filename), files: files.map(({ path }) => path) };
  });
}
