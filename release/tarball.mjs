// What a tarball may hold.
import { execFileSync } from 'node:child_process';

const EXPECTED = ['package/LICENSE', 'package/README.md', 'package/package.json'];
const BUILT = /^package\/dist\/(?:[\w-]+\/)*[\w.-]+\.(?:js|cjs|d\.ts|d\.cts)$/;

/** A sentence about what does not belong in this tarball, or is missing. */
export function unwantedIn(tarball) {
  const files = tar('-tzf', tarball).trim().split('\n');
  const missing = EXPECTED.filter((file) => !files.includes(file));
  if (missing.length > 0) return `${missing.join(', ')} is missing.`;
  const built = files.filter((file) => !EXPECTED.includes(file));
  const unknown = built.filter((file) => !BUILT.test(file));
  if (unknown.length > 0) return `It holds ${unknown.join(', ')}.`;
  if (built.length === 0) return 'Nothing is built.';

  const manifest = JSON.parse(tar('-xzOf', tarball, 'package/package.json'));
  if (manifest.scripts !== undefined) return 'package.json has scripts.';
  const code = tar('-xzOf', tarball, ...built);
  // The bundler writes the path of each module. Code of others would need their licences beside it.
  const foreign = /^\/\/#region .*node_modules.*$/m.exec(code);
  return foreign === null ? undefined : `It bundles code of others: ${foreign[0]}`;
}

function tar(...args) {
  return execFileSync('tar', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
}
