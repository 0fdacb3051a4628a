// How many bytes an app carries: each entry bundled and minified as for Workers, then gzip -9. Exits with 1 where a
// budget is exceeded. Needs a build, and nothing that the default install lacks.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'tsdown';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Budgets in bytes after gzip -9, just above what is reached: docs/performance.md says what the bytes are made of
 * and why the first goal, 6,500 for Workers, is not reached.
 */
export const ENTRIES = [
  {
    name: '@faceverify/hono, for Workers',
    code: "export { faceVerify, sessionHandler } from '@faceverify/hono';",
    conditions: ['workerd', 'import', 'default'],
    budget: 9_200,
  },
  {
    name: '@faceverify/core, createFaceVerify alone, for Workers',
    code: "export { createFaceVerify } from '@faceverify/core';",
    conditions: ['workerd', 'import', 'default'],
    budget: 7_400,
  },
  {
    name: '@faceverify/core, signRequest and verifyRequest, for Workers',
    code: "export { signRequest, verifyRequest } from '@faceverify/core';",
    conditions: ['workerd', 'import', 'default'],
    budget: 2_850,
  },
  {
    name: '@faceverify/express, for Node',
    code: "export { faceVerify, sessionHandler } from '@faceverify/express';",
    conditions: ['node', 'import', 'default'],
    budget: 10_800,
  },
  {
    name: '@faceverify/koa, for Node',
    code: "export { faceVerify, sessionHandler } from '@faceverify/koa';",
    conditions: ['node', 'import', 'default'],
    budget: 10_800,
  },
];

/** One entry that exists nowhere on disk, but resolves as a file of `folder` would. */
function virtualEntry(code) {
  const id = `${root}scripts/size-entry.mjs`;
  return {
    name: 'virtual-entry',
    resolveId: (wanted) => (wanted === 'entry' ? id : undefined),
    load: (wanted) => (wanted === id ? code : undefined),
  };
}

/**
 * Bundles and weighs one entry; `plugins` may put something else in a module's place, `more` are further options
 * of the build.
 */
export async function bytesOf({ code, conditions }, plugins = [], more = {}) {
  const bundles = await build({
    config: false,
    cwd: root,
    entry: { entry: 'entry' },
    plugins: [virtualEntry(code), ...plugins],
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    minify: true,
    write: false,
    dts: false,
    clean: false,
    logLevel: 'error',
    ...more,
    deps: { neverBundle: [/^hono(\/|$)/, /^node:/], alwaysBundle: [/^@faceverify\//, /^#/] },
    inputOptions: (options) => ({
      ...options,
      tsconfig: false,
      resolve: { ...options.resolve, conditionNames: conditions },
    }),
  });
  const minified = bundles.flatMap(({ chunks }) => chunks.map((chunk) => chunk.code)).join('');
  // A bundle of imports alone would pass every budget.
  if (minified.length < 2_000) throw new Error(`The packages were not found: run npm run build first.\n${minified}`);
  return { bundle: minified, minified: Buffer.byteLength(minified), gzip: gzipped(minified) };
}

export function gzipped(text) {
  return gzipSync(text, { level: 9 }).length;
}

export async function sizes() {
  const found = [];
  for (const entry of ENTRIES) found.push({ ...entry, ...(await bytesOf(entry)) });
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let exceeded = 0;
  for (const { name, minified, gzip, budget } of await sizes()) {
    const within = gzip <= budget;
    if (!within) exceeded++;
    console.log(
      `${name.padEnd(62)} ${String(minified).padStart(6)} minified ${String(gzip).padStart(6)} gzip -9, budget ${budget}${within ? '' : '  EXCEEDED'}`,
    );
  }
  process.exit(exceeded === 0 ? 0 : 1);
}
