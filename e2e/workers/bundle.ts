import { build } from 'tsdown';
import { expect } from 'vitest';

/**
 * Bundles a Worker as Wrangler does: with the same conditions, and the packages as they are built, so
 * that their own `exports` and `imports` choose the platform.
 *
 * @param entry Absolute path of the Worker.
 * @param tsconfig Absolute path; left out, none is used, since the root's leads to the sources.
 */
export async function bundleWorker(entry: string, tsconfig: string | false = false): Promise<string> {
  const [built] = await build({
    config: false,
    entry,
    format: 'esm',
    platform: 'neutral',
    dts: false,
    write: false,
    logLevel: 'error',
    deps: { alwaysBundle: [/^(?!cloudflare:)/], onlyBundle: false },
    inputOptions: { tsconfig, resolve: { conditionNames: ['workerd', 'worker', 'browser', 'import', 'default'] } },
  });
  const [chunk, ...others] = built?.chunks ?? [];
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error('The Worker was not bundled into one file.');
  const left = chunk.imports.filter((name) => !name.startsWith('cloudflare:'));
  expect(left, 'imports that are left, such as those of Node').toEqual([]);
  return chunk.code;
}
