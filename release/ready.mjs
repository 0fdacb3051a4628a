// What maintainers must have written before a release. Each function says in a sentence what is missing.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/lib/published.mjs';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/** npm shows the three; provenance needs the repository. */
export function missingAddress(address) {
  const missing = ['repository', 'homepage', 'bugs'].filter((name) => !address[name]);
  if (missing.length > 0) return `Set ${missing.join(', ')} in release/address.json.`;
  if (/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+(?<!\.git)$/.test(address.repository)) return undefined;
  return 'Set repository in release/address.json to https://github.com/<owner>/<name>.';
}

export function missingOwners() {
  const hasRule = /^[^#\s].*@/m.test(read('.github/CODEOWNERS'));
  return hasRule ? undefined : 'Name the maintainers in .github/CODEOWNERS.';
}

export function missingChanges(packages) {
  const [{ version }] = packages;
  const waiting = readdirSync(join(ROOT, '.changeset')).some((name) => name.endsWith('.md') && name !== 'README.md');
  const [, newest] = /^## (\S+)/m.exec(read('CHANGELOG.md')) ?? [];
  return newest === version && !waiting ? undefined : 'Run `npm run release:version`.';
}

export function missingVersions(packages) {
  const versions = new Set(packages.map(({ version }) => version));
  if (versions.size !== 1) return `There are several versions: ${[...versions].join(', ')}.`;
  const range = `^${[...versions][0]}`;
  const manifests = ['packages', 'examples'].flatMap((home) =>
    readdirSync(join(ROOT, home)).map((folder) => `${home}/${folder}/package.json`),
  );
  const wrong = manifests
    .filter((path) => existsSync(join(ROOT, path)))
    .filter((path) =>
      Object.entries(JSON.parse(read(path)).dependencies ?? {}).some(
        ([name, wanted]) => name.startsWith('@faceverify/') && wanted !== range,
      ),
    );
  return wrong.length === 0 ? undefined : `Other packages are not named with ${range} in ${wrong.join(', ')}.`;
}
