import { defineConfig, type UserConfig } from 'tsdown';
import { ADAPTERS } from './adapters.mjs';

/** What all builds share: ESM, CommonJS and types of both, for the oldest Node supported. */
const shared: UserConfig = {
  format: ['esm', 'cjs'],
  target: 'node20.19',
  platform: 'neutral',
  dts: { oxc: true },
  clean: true,
  hash: false,
  outputOptions: {
    strict: true,
    // What several entries share is one file. Code only: declarations in the same group would be lost.
    codeSplitting: { groups: [{ name: 'shared', test: /(?<!\.d)\.ts$/, minShareCount: 2 }] },
    // The declarations keep the docs; without them Node has a fifth less to read.
    comments: { legal: true, annotation: true, jsdoc: false },
  },
  checks: { legacyCjs: false },
  fixedExtension: false,
  outExtensions: ({ format }) => (format === 'cjs' ? { js: '.cjs', dts: '.d.cts' } : { js: '.js', dts: '.d.ts' }),
  deps: { neverBundle: [/^@faceverify\//, /^node:/] },
  logLevel: 'warn',
};

function build(folder: string, entry: Record<string, string>, more: UserConfig = {}): UserConfig {
  return { ...shared, name: folder, cwd: folder, entry, ...more };
}

const CORE_ENTRIES = { index: 'src/index.ts', adapter: 'src/adapter/index.ts', diagnose: 'src/diagnose/index.ts' };

/**
 * The core is built once for each platform, in a folder of its own: its entries share a chunk, and two platforms must
 * not write the same file. The conditions in package.json choose the folder. The types are the same for all.
 */
function buildCore(platform: 'node' | 'web' | 'browser'): UserConfig {
  const path = `${import.meta.dirname}/packages/core/src/platform/${platform}.ts`;
  // A plugin, since the `paths` of tsconfig.json win over an alias.
  const bind = { name: 'platform', resolveId: (id: string) => (id === '#platform' ? path : undefined) };
  const dts = platform === 'node' && shared.dts;
  const more = { name: `core, ${platform}`, outDir: `dist/${platform}`, plugins: [bind], dts };
  return build('packages/core', CORE_ENTRIES, more);
}

/** An example: one script for Node, with the page's files beside it. */
function buildExample(folder: string): UserConfig {
  const copy = [{ from: '../shared/public', to: 'dist' }];
  return build(folder, { server: 'server.ts' }, { format: 'esm', dts: false, copy });
}

/**
 * The fault servers, the soak test and the apps that it stops: scripts, for processes of their own. Nothing that
 * is installed is bundled, so that they use the packages as they are built.
 */
function buildFaults(): UserConfig {
  const apps = ADAPTERS.map(({ folder }) => [
    `frameworks-${folder}`,
    `${import.meta.dirname}/packages/${folder}/test/frameworks.ts`,
  ]);
  const entry = { serve: 'server/serve.ts', soak: 'soak/main.ts', app: 'soak/app.ts', ...Object.fromEntries(apps) };
  return build('test/faults', entry, { format: 'esm', dts: false, deps: { neverBundle: [/^[@a-z]/] } });
}

export default defineConfig([
  buildCore('node'),
  buildCore('web'),
  buildCore('browser'),
  ...ADAPTERS.map(({ folder }) => build(`packages/${folder}`, { index: 'src/index.ts' })),
  build('packages/emulator', { index: 'src/index.ts', cli: 'src/cli.ts' }),
  // A command: no CommonJS, no types. Each command of it is a chunk of its own, loaded when it runs.
  build('packages/cli', { bin: 'src/bin.ts' }, { format: 'esm', dts: false }),
  buildFaults(),
  buildExample('examples/express-app'),
  buildExample('examples/koa-app'),
  buildExample('examples/hono-edge'),
  buildExample('examples/fastify-app'),
]);
