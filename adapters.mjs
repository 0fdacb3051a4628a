// The adapters. Builds, tests of exports and documents, packed tests and budgets read them here: a new framework
// is a folder below packages/, a row of this table, the lock file and the README, and nothing else.
// What is specific to one framework is in its own folder, in test/: see "Add a framework" in CONTRIBUTING.md.

/** @type {readonly import('./adapters.mjs').Adapter[]} */
export const ADAPTERS = [
  {
    folder: 'express',
    title: 'Express',
    framework: 'express',
    runtimes: ['node'],
    installed: ['express4', 'express'],
    newest: { express: '^5.0.0', '@types/express': '^5.0.0' },
    oldest: { express: '4.18.0', '@types/express': '^4.17.0' },
    furtherExports: ['type FaceVerifyHandler'],
  },
  {
    folder: 'koa',
    title: 'Koa',
    framework: 'koa',
    runtimes: ['node'],
    installed: ['koa2', 'koa'],
    newest: { koa: '^3.0.0', '@types/koa': '^3.0.0' },
    oldest: { koa: '2.13.0', '@types/koa': '^2.13.0' },
    furtherExports: [],
  },
  {
    folder: 'hono',
    title: 'Hono',
    framework: 'hono',
    runtimes: ['node', 'workers'],
    installed: ['hono'],
    newest: { hono: '^4.0.0' },
    oldest: { hono: '4.6.8' },
    furtherExports: ['type FaceVerifyVariables'],
  },
  {
    folder: 'fastify',
    title: 'Fastify',
    framework: 'fastify',
    runtimes: ['node'],
    installed: ['fastify4', 'fastify'],
    newest: { fastify: '^5.0.0' },
    oldest: { fastify: '4.20.0' },
    furtherExports: ['sessionRoute', 'type FaceVerifyHandler', 'type SessionRoutePluginOptions'],
  },
  {
    folder: 'web',
    title: 'Web standards',
    runtimes: ['node', 'workers'],
    installed: [],
    newest: {},
    oldest: {},
    // A function of a Request has nowhere to put a client: an app calls createFaceVerify() itself.
    hasMiddleware: false,
    furtherExports: ['privateHeaders'],
  },
];
