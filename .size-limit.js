// What an app carries: `npm run size` bundles each of these as the app's own bundler would, minifies, and compresses
// with gzip -9. The limits are just above what is reached; docs/performance.md says what the bytes are made of.

import { ADAPTERS } from './adapters.mjs';

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
    ignore: [...ADAPTERS.flatMap(({ framework = [] }) => framework), 'node:*'],
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

const CORE = 'packages/core/dist/web/index.js';
const SIGNING = '{ signRequest, verifyRequest }';

/** What an app with the ready route imports from an adapter. */
const adapters = (runtime, limit, settings, limits = {}) =>
  ADAPTERS.filter(({ runtimes }) => runtimes.includes(runtime.toLowerCase())).map(({ folder, hasMiddleware }) =>
    check(
      `@faceverify/${folder}, for ${runtime}`,
      limits[folder] ?? limit,
      `packages/${folder}/dist/index.js`,
      hasMiddleware === false ? '{ sessionHandler }' : '{ faceVerify, sessionHandler }',
      settings,
    ),
  );

export default [
  ...adapters('Workers', '11.6 kB', WORKERS),
  check('@faceverify/core, createFaceVerify alone, for Workers', '8.5 kB', CORE, '{ createFaceVerify }', WORKERS),
  check('@faceverify/core, signing alone, for Workers', '1.85 kB', CORE, SIGNING, WORKERS),
  check(
    '@faceverify/emulator, in tests on Workers',
    '22.05 kB',
    'packages/emulator/dist/index.js',
    '{ createEmulator }',
    WORKERS,
  ),
  // With fastify-plugin, which most apps have anyway.
  ...adapters('Node', '13.1 kB', NODE, { fastify: '14 kB' }),
];
