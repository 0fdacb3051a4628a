// The packages that are published: all below packages/.
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @returns {{ name: string, version: string, folder: string }[]} */
export function publishedPackages() {
  return readdirSync(join(ROOT, 'packages')).map((folder) => {
    const { name, version } = readJson(join(ROOT, 'packages', folder, 'package.json'));
    return { name, version, folder };
  });
}

/** @returns {{ repository: string, homepage: string, bugs: string }} Where the project is; blank until it is known. */
export function readAddress() {
  return readJson(join(ROOT, 'release', 'address.json'));
}

/**
 * Packs what is built, as it is published: package.json gets the project's address, and loses what is of use here only.
 *
 * @param {string} destination An existing folder.
 * @returns {Promise<{ name: string, version: string, folder: string, tarball: string, files: string[] }[]>}
 */
export async function packPublished(destination) {
  const published = publishedPackages();
  const home = mkdtempSync(join(tmpdir(), 'pack-'));
  try {
    const folders = published.map(({ folder }) => copyPackage(folder, join(home, folder)));
    const args = ['pack', ...folders, '--json', '--silent', '--pack-destination', destination];
    const { stdout } = await promisify(execFile)('npm', args, { cwd: home, maxBuffer: 2 ** 24 });
    const packed = JSON.parse(stdout);
    return published.map((each) => {
      const { filename, files } = packed.find(({ name }) => name === each.name);
      return { ...each, tarball: join(destination, filename), files: files.map(({ path }) => path) };
    });
  } finally {
    rmSync(home, { recursive: true });
  }
}

function copyPackage(folder, destination) {
  const source = join(ROOT, 'packages', folder);
  const manifest = { ...readJson(join(source, 'package.json')), scripts: undefined, devDependencies: undefined };
  for (const name of [...manifest.files, 'README.md', 'LICENSE']) {
    cpSync(join(source, name), join(destination, name), { recursive: true });
  }
  writeFileSync(
    join(destination, 'package.json'),
    `${JSON.stringify({ ...manifest, ...addressFields(folder) }, null, 2)}\n`,
  );
  // A tarball keeps modes, and these depend on the umask.
  const commands = new Set(Object.values(manifest.bin ?? {}).map((path) => join(destination, path)));
  for (const entry of readdirSync(destination, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) chmodSync(path, commands.has(path) ? 0o755 : 0o644);
  }
  return destination;
}

function addressFields(folder) {
  const { repository, homepage, bugs } = readAddress();
  return {
    ...(homepage && { homepage }),
    ...(bugs && { bugs: { url: bugs } }),
    ...(repository && {
      repository: { type: 'git', url: `git+${repository}.git`, directory: `packages/${folder}` },
    }),
  };
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
