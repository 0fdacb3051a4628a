// Sets the next version from the changesets, and writes their lines to CHANGELOG.md: `npm run release:version`.
// The first version is set already: without changesets, only the heading changes.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { publishedPackages, ROOT } from '../scripts/lib/published.mjs';

const UNRELEASED = /^## Unreleased.*$/m;
const folder = join(ROOT, '.changeset');
const changelog = join(ROOT, 'CHANGELOG.md');

const text = readFileSync(changelog, 'utf8');
const changesets = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
const lines = changesets
  .map((name) =>
    readFileSync(join(folder, name), 'utf8')
      .replace(/^---\n[^]*?---\n/, '')
      .trim(),
  )
  .filter((summary) => summary !== '')
  .map((summary) => `- ${summary.replaceAll('\n', '\n  ')}\n`);

if (changesets.length === 0 && !UNRELEASED.test(text)) {
  console.error('There is nothing to release: no changeset, and nothing unreleased in CHANGELOG.md.');
  process.exit(1);
}
if (changesets.length > 0) {
  run(process.execPath, [createRequire(import.meta.url).resolve('@changesets/cli/bin.js'), 'version']);
}
run('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund']);

const [{ version }] = publishedPackages();
const section = `## ${version}\n${lines.length > 0 ? `\n${lines.join('')}` : ''}`.trimEnd();
writeFileSync(
  changelog,
  UNRELEASED.test(text) ? text.replace(UNRELEASED, () => section) : text.replace('\n## ', () => `\n${section}\n\n## `),
);
console.log(`Set the version ${version}. Read CHANGELOG.md, then commit.`);

function run(file, args) {
  const { status } = spawnSync(file, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
