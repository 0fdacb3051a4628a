// Builds in clean folders: on what is committed, as a release does it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { publishedPackages, ROOT } from '../scripts/lib/published.mjs';

/** @returns {{ name: string, tarball: string, sha512: string }[]} */
export function cloneAndPack(folder, environment, umask) {
  const before = process.umask(umask);
  try {
    run('git', ['clone', '--quiet', ROOT, folder], ROOT);
    run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], folder, environment);
    return pack(folder, 'artifacts/packages', environment);
  } finally {
    process.umask(before);
  }
}

/** @returns {{ name: string, problem: string | undefined }[]} */
export function checkSameTarballs(first, second) {
  return first.map(({ name, sha512 }, at) => ({
    name: `${name}, sha512 ${sha512.slice(0, 16)}...`,
    problem: second[at]?.sha512 === sha512 ? undefined : 'The tarballs differ.',
  }));
}

/** Leaves files behind as another branch would, whose build wrote to other places. */
export function checkLeftOver(folder, before) {
  for (const each of publishedPackages()) {
    writeFileSync(join(folder, 'packages', each.folder, 'dist', 'left-over.js'), 'export {};\n');
  }
  const after = pack(folder, 'artifacts/again');
  const changed = after.filter(({ sha512 }, at) => sha512 !== before[at].sha512).map(({ name }) => name);
  return changed.length === 0 ? undefined : `Changed: ${changed.join(', ')}.`;
}

export function checkRefusal(folder) {
  const accepted = publishedPackages().filter((each) => {
    const cwd = join(folder, 'packages', each.folder);
    const { status, stderr } = spawnSync('npm', ['pack', '--dry-run'], { cwd, encoding: 'utf8' });
    return status === 0 || !stderr.includes('npm run pack');
  });
  return accepted.length === 0 ? undefined : `Not refused: ${accepted.map(({ name }) => name).join(', ')}.`;
}

function pack(folder, destination, environment) {
  run('npm', ['run', 'pack', '--', destination], folder, environment);
  const tarballs = readdirSync(join(folder, destination)).filter((name) => name.endsWith('.tgz'));
  return tarballs.sort().map((name) => {
    const tarball = join(folder, destination, name);
    const sha512 = createHash('sha512').update(readFileSync(tarball)).digest('hex');
    return { name: name.replace(/^faceverify-/, '@faceverify/').replace(/-[\d.]+\.tgz$/, ''), tarball, sha512 };
  });
}

function run(file, args, cwd, environment = {}) {
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}
