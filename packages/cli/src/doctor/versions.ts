import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { type Check, ok, problem } from './check.ts';

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly folder: string;
}

const OLDEST_NODE = [20, 19] as const;

/** Looks at Node, and at the packages that an app in `cwd` has installed. */
export function checkVersions(cwd: string, nodeVersion: string = process.versions.node): Check[] {
  return [checkNode(nodeVersion), ...checkPackages(cwd)];
}

function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok('node', `Node ${version}`);
  return problem('node', `Node ${version} is too old`, `Install Node ${oldestMajor}.${oldestMinor} or later.`);
}

function checkPackages(cwd: string): Check[] {
  const name = 'packages';
  const installed = installedAbove(cwd);
  if (installed.length === 0) return [];
  const mismatches = installed.flatMap((each) =>
    Object.entries(each.dependencies)
      .filter(([dependency]) => dependency.startsWith('@faceverify/'))
      .flatMap(([dependency, range]) => {
        const found = find(dependency, each.folder);
        if (found === undefined) return [`${each.name} needs ${dependency}, which is not installed`];
        return satisfies(found.version, range)
          ? []
          : [`${each.name} ${each.version} needs ${dependency} ${range}, but ${found.version} is installed`];
      }),
  );
  const cores = new Set(installed.flatMap(({ folder }) => find('@faceverify/core', folder)?.version ?? []));
  const list = installed.map((each) => `${each.name} ${each.version}`).join(', ');
  const first =
    mismatches[0] ?? (cores.size > 1 ? `several versions of @faceverify/core: ${[...cores].join(', ')}` : undefined);
  if (first === undefined) return [ok(name, list)];
  const [newest = ''] = installed
    .map(({ version }) => version)
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  const named = installed.map((each) => `${each.name}@${newest}`).join(' ');
  return [problem(name, first, `Install the same version of all of them: npm install ${named}`)];
}

/** Whether a version is in a range such as `1.2.3` or `^1.2.3`. Other ranges are not judged. */
function satisfies(version: string, range: string): boolean {
  const [, caret, ...wanted] = /^(\^?)(\d+)\.(\d+)\.(\d+)$/.exec(range) ?? [];
  if (caret === undefined) return true;
  if (caret === '') return version === range;
  const [given, least] = [version.split('.').map(Number), wanted.map(Number)];
  // Below 1.0.0, the second number is the one that breaks.
  const fixed = least[0] === 0 ? 2 : 1;
  if (given.slice(0, fixed).join() !== least.slice(0, fixed).join()) return false;
  return version.localeCompare(wanted.join('.'), 'en', { numeric: true }) >= 0;
}

/** The packages of FaceVerify in the nearest node_modules that has some. */
function installedAbove(start: string): Installed[] {
  for (let folder = start; ; folder = dirname(folder)) {
    const scope = join(folder, 'node_modules', '@faceverify');
    if (existsSync(scope)) {
      return readdirSync(scope)
        .sort()
        .flatMap((name) => read(join(scope, name)) ?? []);
    }
    if (dirname(folder) === folder) return [];
  }
}

/** As Node finds it from `folder`. */
function find(name: string, start: string): Installed | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = read(join(folder, 'node_modules', name));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

function read(link: string): Installed | undefined {
  try {
    const folder = realpathSync(link);
    const {
      name,
      version,
      dependencies = {},
    } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Partial<Installed>;
    return typeof name === 'string' && typeof version === 'string'
      ? { name, version, dependencies, folder }
      : undefined;
  } catch {
    return undefined; // Not installed, or no package.
  }
}
