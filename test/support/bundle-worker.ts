import { build, type InlineConfig } from 'tsdown';
import { expect } from 'vitest';

/** The conditions of package.json by which tools choose files: Wrangler for workerd, Next.js for its edge runtime. */
const CONDITIONS = {
  workerd: ['workerd', 'worker', 'browser', 'import', 'default'],
  'edge-light': ['edge-light', 'import', 'default'],
} as const;

/**
 * Bundles a Worker into one file, and the packages as they are built, so that their own `exports` and `imports` choose
 * the platform. For workerd it is a module. For edge-light it is a script that sets `worker`, and finds what it imports
 * from `cloudflare:workers` in the variable `bindings`.
 *
 * @param entry Absolute path of the Worker.
 * @param tsconfig Absolute path; left out, none is used, since the root's leads to the sources.
 */
export async function bundleWorker(
  runtime: keyof typeof CONDITIONS,
  entry: string,
  tsconfig: string | false = false,
): Promise<string> {
  const script: InlineConfig =
    runtime === 'workerd'
      ? { format: 'esm' }
      : { format: 'iife', globalName: 'worker', outputOptions: { globals: { 'cloudflare:workers': 'bindings' } } };
  const [built] = await build({
    ...script,
    config: false,
    entry,
    platform: 'neutral',
    dts: false,
    write: false,
    logLevel: 'error',
    deps: { alwaysBundle: [/^(?!cloudflare:)/], onlyBundle: false },
    inputOptions: { tsconfig, resolve: { conditionNames: [...CONDITIONS[runtime]] } },
  });
  const [chunk, ...others] = built?.chunks ?? [];
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error('The Worker was not bundled into one file.');
  const left = chunk.imports.filter((name) => !name.startsWith('cloudflare:'));
  expect(left, 'imports that are left, such as those of Node').toEqual([]);
  return chunk.code;
}
