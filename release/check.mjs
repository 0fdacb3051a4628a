// What must hold before a release: `npm run release:check`. Prints a line for each check.
//
//   npm run release:check -- --unreleased   what must hold for every commit; the rest only has to be refused
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { publishedPackages, readAddress, ROOT } from '../scripts/lib/published.mjs';
import { checkLeftOver, checkRefusal, checkSameTarballs, cloneAndPack } from './builds.mjs';
import { shippedLicences } from './licences.mjs';
import { missingAddress, missingChanges, missingOwners, missingVersions } from './ready.mjs';
import { unwantedIn } from './tarball.mjs';

const unreleased = process.argv.includes('--unreleased');
const packages = publishedPackages();
let [passed, failed] = [0, 0];

/** Passes if nothing was found. */
function report(title, problem) {
  if (problem === undefined) passed++;
  else failed++;
  console.log(problem === undefined ? `ok     ${title}` : `FAILED ${title}\n       ${problem}`);
}

if (unreleased) {
  const refusal = missingAddress({ repository: '', homepage: '', bugs: '' });
  report(`without an address, a release is refused: ${refusal}`, refusal ? undefined : 'It is not refused.');
} else {
  report('the project has an address', missingAddress(readAddress()));
  report('somebody reviews changes', missingOwners());
  report('CHANGELOG.md has this version, and no changeset is left', missingChanges(packages));
  if (failed > 0) {
    console.log('No release is possible yet. The rest is not checked: add `-- --unreleased` to check it.');
    console.log(`release: ${passed} passed, ${failed} failed`);
    process.exit(1);
  }
}
report('the packages have one version, and take it from each other by ^', missingVersions(packages));
for (const { name, problem } of shippedLicences(packages)) report(`licence of ${name}`, problem);

const { stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' });
if (stdout !== '') console.log('Changes that are not committed are not looked at.');

const home = mkdtempSync(join(tmpdir(), 'release-'));
try {
  // In two folders, and as two people with other settings.
  const first = cloneAndPack(join(home, 'first'), { TZ: 'UTC', LC_ALL: 'C' }, 0o022);
  const second = cloneAndPack(join(home, 'the second folder'), { TZ: 'Pacific/Auckland', LC_ALL: 'C.UTF-8' }, 0o077);
  for (const { name, problem } of checkSameTarballs(first, second)) report(`two builds are equal: ${name}`, problem);
  for (const { name, tarball } of first) report(`what it holds: ${name}`, unwantedIn(tarball));
  report('files that another branch has built are not packed', checkLeftOver(join(home, 'first'), first));
  report('npm pack in the folder of a package is refused', checkRefusal(join(home, 'first')));
} finally {
  rmSync(home, { recursive: true });
}
console.log(`release: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
