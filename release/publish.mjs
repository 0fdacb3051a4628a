// Publishes packed packages: `npm run release:publish -- FOLDER`. Skips what is on npm already, so that it can be run
// again. Needs nothing installed: in CI it is all that runs with the right to publish.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { publishedPackages, readAddress } from '../scripts/lib/published.mjs';
import { missingAddress } from './ready.mjs';

const folder = resolve(process.argv[2] ?? 'artifacts/packages');
const tarballOf = ({ folder: name, version }) => resolve(folder, `faceverify-${name}-${version}.tgz`);
// Others depend on these two.
const FIRST = ['emulator', 'core'];
const packages = publishedPackages().sort((a, b) => FIRST.indexOf(b.folder) - FIRST.indexOf(a.folder));

const unpacked = packages.map(tarballOf).filter((tarball) => !existsSync(tarball));
const [{ version }] = packages;
const tag = process.env.GITHUB_REF_NAME;
const refusal =
  missingAddress(readAddress()) ??
  (unpacked.length > 0 ? `These are missing: ${unpacked.join(', ')}. Run \`npm run pack\`.` : undefined) ??
  (tag !== undefined && tag !== `v${version}` ? `The tag is ${tag}, but the version is ${version}.` : undefined);
if (refusal !== undefined) {
  console.error(refusal);
  process.exit(1);
}

for (const each of packages) {
  const named = `${each.name}@${each.version}`;
  const { status: found } = spawnSync('npm', ['view', named, 'version'], { stdio: 'ignore' });
  if (found === 0) {
    console.log(`${named} is on npm already.`);
    continue;
  }
  const { status } = spawnSync('npm', ['publish', tarballOf(each), '--access', 'public'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
