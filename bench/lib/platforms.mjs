import { build } from 'tsdown';
import { ARTIFACTS, platformSource, ROOT } from './paths.mjs';

const outDir = `${ARTIFACTS}platforms`;

/** Builds the two platforms of the core by themselves: no public entry has what createSession signs with. */
export async function buildPlatforms() {
  await build({
    config: false,
    cwd: ROOT,
    entry: { node: platformSource('node'), web: platformSource('web') },
    outDir,
    format: 'esm',
    platform: 'neutral',
    target: 'node20.19',
    fixedExtension: true,
    dts: false,
    logLevel: 'error',
    deps: { neverBundle: [/^node:/] },
  });
}

/** The modules that buildPlatforms() has built. */
export async function platforms() {
  const [node, web] = await Promise.all([import(`${outDir}/node.mjs`), import(`${outDir}/web.mjs`)]);
  return { node, web };
}
