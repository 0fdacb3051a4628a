import { defineConfig, type UserConfig } from 'tsdown';

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
    // In a file of its own: left to itself it lands in platform/node.cjs, which Workers would then load too.
    // What several entries share is one file: each file that Node loads costs half a millisecond. Code only:
    // declarations in the same group would be lost.
    codeSplitting: {
      groups: [
        { name: 'runtime', test: /rolldown\/runtime/, priority: 1 },
        { name: 'shared', test: /(?<!\.d)\.ts$/, minShareCount: 2 },
      ],
    },
  },
  checks: { legacyCjs: false },
  fixedExtension: false,
  outExtensions: ({ format }) => (format === 'cjs' ? { js: '.cjs', dts: '.d.cts' } : { js: '.js', dts: '.d.ts' }),
  deps: { neverBundle: [/^@faceverify\//, /^#/, /^node:/] },
  logLevel: 'warn',
};

function build(folder: string, entry: Record<string, string>, more: UserConfig = {}): UserConfig {
  return { ...shared, name: folder, cwd: folder, entry, ...more };
}

/** An example: one script for Node, with the page's files beside it. */
function buildExample(folder: string): UserConfig {
  const copy = [{ from: '../shared/public', to: 'dist' }];
  return build(folder, { server: 'server.ts' }, { format: 'esm', dts: false, copy });
}

export default defineConfig([
  build('packages/core', {
    index: 'src/index.ts',
    'platform/node': 'src/platform/node.ts',
    'platform/web': 'src/platform/web.ts',
    'platform/browser': 'src/platform/browser.ts',
  }),
  build('packages/express', { index: 'src/index.ts' }),
  build('packages/koa', { index: 'src/index.ts' }),
  build('packages/hono', { index: 'src/index.ts' }),
  build('packages/emulator', { index: 'src/index.ts', cli: 'src/cli.ts' }),
  // Private: run by `npm run test:soak` and `npm run faults:peers`, both in processes of their own.
  build(
    'packages/fault-server',
    { serve: 'src/serve.ts', soak: 'soak/main.ts', app: 'soak/app.ts' },
    { format: 'esm', dts: false },
  ),
  buildExample('examples/express-app'),
  buildExample('examples/koa-app'),
  buildExample('examples/hono-edge'),
]);
