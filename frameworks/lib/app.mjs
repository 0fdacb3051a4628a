// The folder of an app: what frameworks/<name>/ holds, the fences of its page, and the packed packages.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { packPublished, ROOT } from '../../scripts/lib/published.mjs';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
/** Below frameworks/, so that apps find what frameworks/package.json installs, as they find it in their own folder. */
const APPS = join(FOLDER, 'artifacts');

// The documents' own reader of fences, so that there is one.
const { code } = await transform(readFileSync(join(ROOT, 'test/docs/markdown.ts'), 'utf8'), { loader: 'ts' });
const { fencesOf } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

/** Empties the folder of the apps, and unpacks the packages there. */
export async function unpackPackages() {
  rmSync(APPS, { recursive: true, force: true });
  mkdirSync(APPS, { recursive: true });
  // Or Bun finds that of the repository, whose `paths` lead to the sources.
  writeFileSync(join(APPS, 'tsconfig.json'), '{}\n');
  for (const { name, tarball } of await packPublished(APPS)) {
    const folder = join(APPS, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
    rmSync(tarball);
  }
}

/** Copies an example, and what it shares with others; returns its folder. */
export function copyExample(name) {
  const { dependencies = {}, devDependencies = {} } = manifestOf(join(ROOT, 'examples', name));
  const tested = manifestOf(FOLDER).devDependencies;
  for (const [dependency, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    if (tested[dependency] === version) continue;
    throw new Error(`examples/${name} has ${dependency} ${version}, and frameworks ${tested[dependency]}`);
  }
  for (const folder of [name, 'shared']) {
    cpSync(join(ROOT, 'examples', folder), join(APPS, folder), {
      recursive: true,
      filter: isSource,
      verbatimSymlinks: true,
    });
  }
  return join(APPS, name);
}

function manifestOf(folder) {
  const path = join(folder, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

/** Not what somebody who tried the example has left there. */
const isSource = (path) => !/\/(?:node_modules|\.next)$/.test(path);

/** Writes the app of this name; returns its folder. */
export function writeApp({ name, page = name, login }) {
  const app = join(APPS, name);
  cpSync(join(FOLDER, name), app, { recursive: true });
  if (login !== undefined) write(join(app, login), readFileSync(join(FOLDER, 'shared/login.ts'), 'utf8'));
  const file = `docs/frameworks/${page}.md`;
  const fences = fencesOf(file, readFileSync(join(ROOT, file), 'utf8')).filter(({ target }) => target !== undefined);
  if (fences.length === 0) throw new Error(`${file} has no fence that names its file`);
  for (const { target, code: text, line } of fences) {
    const path = join(app, target);
    if (existsSync(path)) throw new Error(`${file}:${line}: ${target} is there already`);
    write(path, `${text}\n`);
  }
  return app;
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The version of an installed package. */
export function versionOf(name) {
  return manifestOf(join(FOLDER, 'node_modules', name)).version;
}

/** The path of an installed package's command. */
export function commandOf(name) {
  return join(FOLDER, 'node_modules', '.bin', name);
}

/** Node 24, for what needs Node 22 or later; npm has it for Linux on x64 only. */
export const NODE24 = join(FOLDER, 'node_modules', 'node24', 'bin', 'node');
