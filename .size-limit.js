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

const HONO = 'packages/hono/dist/index.js';
const CORE = 'packages/core/dist/web.js';
const ADAPTER = '{ faceVerify, sessionHandler }';

export default [
  check('@faceverify/hono, for Workers', '9.4 kB', HONO, ADAPTER, WORKERS),
  check('@faceverify/core, createFaceVerify alone, for Workers', '7.55 kB', CORE, '{ createFaceVerify }', WORKERS),
  check(
    '@faceverify/core, signRequest and verifyRequest, for Workers',
    '1.95 kB',
    CORE,
    '{ signRequest, verifyRequest }',
    WORKERS,
  ),
  check('@faceverify/hono, for Node', '11.1 kB', HONO, ADAPTER, NODE),
  check('@faceverify/express, for Node', '11.1 kB', 'packages/express/dist/index.js', ADAPTER, NODE),
  check('@faceverify/koa, for Node', '11.1 kB', 'packages/koa/dist/index.js', ADAPTER, NODE),
];
