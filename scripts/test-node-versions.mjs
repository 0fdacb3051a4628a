// Runs the tests of the packages on the other Node versions that are supported. Their binaries are npm packages,
// installed in e2e/ so that the default install stays small; npm has them for Linux on x64.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { publishedPackages, ROOT as root } from './lib/published.mjs';

const projects = publishedPackages().flatMap(({ folder }) => ['--project', folder]);

let failed = false;
for (const version of ['node22', 'node24']) {
  const node = `${root}e2e/node_modules/${version}/bin/node`;
  if (!existsSync(node)) {
    console.error(`${version}: e2e/node_modules/${version} is missing; it can be installed on Linux x64 only.`);
    process.exit(1);
  }
  console.log(`\n${version}: ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`);
  const args = [`${root}node_modules/vitest/vitest.mjs`, 'run', '--config', 'vitest.workspace.ts', ...projects];
  failed ||= spawnSync(node, args, { cwd: root, stdio: 'inherit' }).status !== 0;
}
process.exit(failed ? 1 : 0);
