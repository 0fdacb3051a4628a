// What an app carries: `npm run size` bundles each of these as the app's own bundler would, minifies, and compresses
// with gzip -9. The limits are just above what is reached; docs/performance.md says what the bytes are made of.

/** What wrangler tells esbuild for Workers. */
const WORKERS = { platform: 'browser', conditions: ['workerd', 'worker', 'browser'] };
const NODE = { platform: 'node', conditions: ['node'] };

function check(name, limit, path, names, { platform, conditions }) {
  return {
    name,
    path,
    import: names,
    limit,
    gzip: true,
    ignore: ['hono', 'express', 'koa', 'node:*'],
    // Without tsconfig.json, whose paths lead to the sources.
    modifyEsbuildConfig: (config) => ({
      ...config,
      format: 'esm',
      target: 'es2022',
      platform,
      conditions,
      tsconfigRaw: '{}',
    }),
  };
}

const CORE = 'packages/core/dist/web.js';
const SIGNING = '{ signRequest, verifyRequest }';

/** What an app with the ready route imports from an adapter. */
const adapter = (name, runtime, limit, settings) =>
  check(
    `@faceverify/${name}, for ${runtime}`,
    limit,
    `packages/${name}/dist/index.js`,
    '{ faceVerify, sessionHandler }',
    settings,
  );

export default [
  adapter('hono', 'Workers', '9.4 kB', WORKERS),
  adapter('express', 'Workers', '9.4 kB', WORKERS),
  adapter('koa', 'Workers', '9.4 kB', WORKERS),
  check('@faceverify/core, createFaceVerify alone, for Workers', '7.55 kB', CORE, '{ createFaceVerify }', WORKERS),
  check('@faceverify/core, signing alone, for Workers', '1.95 kB', CORE, SIGNING, WORKERS),
  check(
    '@faceverify/emulator, in tests on Workers',
    '21.5 kB',
    'packages/emulator/dist/index.js',
    '{ createEmulator }',
    WORKERS,
  ),
  adapter('hono', 'Node', '11.1 kB', NODE),
  adapter('express', 'Node', '11.1 kB', NODE),
  adapter('koa', 'Node', '11.1 kB', NODE),
];
