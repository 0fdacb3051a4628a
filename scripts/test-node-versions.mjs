// Runs the tests of the packages on the other Node versions that are supported, and of this one those of the core and
// the contract. The binaries are npm packages, installed in runtimes/ so that the default install stays small; npm has
// them for Linux on x64.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { publishedPackages, ROOT as root } from './lib/published.mjs';

const VERSIONS = ['22', '24', '26'];
const projects = publishedPackages().flatMap(({ folder }) => ['--project', folder]);
let failed = false;

// `npm test` runs all of them on this one: what the table of compatibility is made of is enough here.
const isOther = !VERSIONS.includes(process.versions.node.split('.')[0]);
if (isOther) test(process.execPath, ['contract.test.ts', 'packages/core/']);
for (const version of VERSIONS) {
  const node = `${root}runtimes/node_modules/node${version}/bin/node`;
  if (!existsSync(node)) {
    console.error(`Node ${version}: ${node} is missing; it can be installed on Linux x64 only.`);
    process.exit(1);
  }
  test(node, []);
}
process.exit(failed ? 1 : 0);

function test(node, files) {
  console.log(`\nNode ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`);
  const vitest = [`${root}node_modules/vitest/vitest.mjs`, 'run', '--config', 'runtimes/vitest.node.ts'];
  const { status } = spawnSync(node, [...vitest, ...projects, ...files], { cwd: root, stdio: 'inherit' });
  failed ||= status !== 0;
}
