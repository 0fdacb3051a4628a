// The apps: how each is built and started, and what its routes are called.
import { realpathSync } from 'node:fs';
import process from 'node:process';
import { commandOf, NODE24, versionOf } from './lib/app.mjs';

/** A command of an installed package, on this version of Node or on Node 24. */
const on =
  (file) =>
  (name, ...args) => [file, realpathSync(commandOf(name)), ...args];
const NODE = process.execPath;
const node = on(NODE);
const node24 = on(NODE24);
const native = (name, ...args) => [commandOf(name), ...args];
const ON_NODE = { name: 'Node', version: process.versions.node };
const ON_NODE24 = { name: 'Node', version: versionOf('node24') };

/**
 * - `framework`: what the table of compatibility calls it, if not by the title of the app
 * - `login`: where the app has the login of shared/login.ts
 * - `session`: the path of the ready route
 * - `refuses`: forms of other sites are refused before the route is asked, by the framework
 * - `button`: a page with the form that posts there
 * - `own`: where the app calls createSession itself: a page with a form, or a path that takes one
 */
export const APPS = [
  {
    name: 'next',
    title: 'Next.js',
    package: 'next',
    runtime: ON_NODE,
    build: [node('next', 'build')],
    servers: [
      {
        start: node('next', 'start', '-H', '127.0.0.1'),
        routes: [
          { title: 'nodejs', session: '/face-verify/session', button: '/verify' },
          {
            title: 'edge',
            session: '/face-verify/edge',
            runtime: { name: 'Next.js edge', version: versionOf('next') },
          },
          { title: 'server action', own: { page: '/kyc' } },
        ],
      },
    ],
  },
  {
    name: 'sveltekit',
    title: 'SvelteKit',
    package: '@sveltejs/kit',
    runtime: ON_NODE24,
    login: 'src/lib/login.ts',
    build: [node24('vite', 'build')],
    types: node24('tsc'),
    servers: [
      {
        start: [NODE24, 'build/index.js'],
        env: { PROTOCOL_HEADER: 'x-forwarded-proto' },
        routes: [
          {
            title: 'endpoint, form action',
            session: '/face-verify/session',
            button: '/verify',
            own: { page: '/kyc' },
            refuses: true,
          },
        ],
      },
    ],
  },
  {
    name: 'astro',
    title: 'Astro',
    package: 'astro',
    runtime: ON_NODE24,
    login: 'src/lib/login.ts',
    build: [node24('astro', 'build')],
    types: node24('tsc', '--noEmit'),
    servers: [
      {
        start: [NODE24, 'dist/server/entry.mjs'],
        routes: [
          {
            title: 'endpoint, page',
            session: '/face-verify/session',
            button: '/verify',
            own: { page: '/kyc' },
            refuses: true,
          },
        ],
      },
    ],
  },
  {
    name: 'react-router',
    title: 'React Router',
    package: 'react-router',
    runtime: ON_NODE24,
    login: 'app/lib/login.ts',
    build: [node24('react-router', 'build')],
    types: node24('tsc'),
    servers: [
      {
        start: node24('react-router-serve', 'build/server/index.js'),
        routes: [{ title: 'action', session: '/face-verify/session', button: '/verify', own: { page: '/kyc' } }],
      },
    ],
  },
  {
    name: 'nitro',
    title: 'Nitro',
    package: 'nitro',
    runtime: ON_NODE,
    login: 'lib/login.ts',
    build: [node('nitro', 'build')],
    types: node('tsc'),
    servers: [
      {
        start: [NODE, '.output/server/index.mjs'],
        routes: [{ title: 'routes', session: '/face-verify/session', own: { path: '/kyc' } }],
      },
    ],
  },
  {
    name: 'nestjs',
    title: 'NestJS',
    package: '@nestjs/core',
    runtime: ON_NODE,
    build: [node('tsc')],
    servers: [
      {
        start: [NODE, 'dist/main.js'],
        routes: [
          { title: 'Express', framework: 'NestJS on Express', session: '/face-verify/session', own: { path: '/kyc' } },
        ],
      },
      {
        start: [NODE, 'dist/fastify/main.js'],
        routes: [
          {
            title: 'Fastify',
            framework: 'NestJS on Fastify',
            session: '/face-verify/session',
            own: { path: '/kyc' },
          },
        ],
      },
    ],
  },
  {
    name: 'bun',
    title: 'Bun.serve',
    package: 'bun',
    runtime: { name: 'Bun', version: versionOf('bun') },
    login: 'login.ts',
    types: node('tsc'),
    servers: [
      {
        start: [commandOf('bun'), 'server.ts'],
        routes: [{ title: 'routes', session: '/face-verify/session', button: '/', own: { path: '/kyc' } }],
      },
    ],
  },
  {
    name: 'deno',
    title: 'Deno.serve',
    package: 'deno',
    runtime: { name: 'Deno', version: versionOf('deno') },
    login: 'login.ts',
    types: [commandOf('deno'), 'check', 'server.ts'],
    servers: [
      {
        start: [commandOf('deno'), 'run', '--allow-net', '--allow-env', 'server.ts'],
        routes: [{ title: 'handler', session: '/face-verify/session', own: { path: '/kyc' } }],
      },
    ],
  },
  {
    name: 'workers',
    title: 'plain Worker',
    package: 'workerd',
    runtime: { name: 'workerd', version: versionOf('workerd') },
    login: 'src/login.ts',
    // As Wrangler bundles.
    build: [
      [
        ...native('esbuild', 'src/index.ts', '--bundle', '--format=esm', '--outfile=dist/index.js'),
        '--conditions=workerd,worker,browser',
      ],
    ],
    types: node('tsc'),
    servers: [
      {
        start: [NODE, 'serve.mjs'],
        routes: [{ title: 'workerd', session: '/face-verify/session', own: { path: '/kyc' } }],
      },
    ],
  },
  {
    name: 'lambda',
    title: 'AWS Lambda, by hono/aws-lambda',
    package: 'hono',
    runtime: ON_NODE,
    login: 'src/login.ts',
    build: [
      native('esbuild', 'src/index.ts', '--bundle', '--format=esm', '--platform=node', '--outfile=dist/index.mjs'),
    ],
    types: node('tsc'),
    servers: ['1.0', '2.0'].map((version) => ({
      start: [NODE, 'gateway.mjs'],
      env: { PAYLOAD: version },
      routes: [{ title: `payload ${version}`, session: '/face-verify/session', own: { path: '/kyc' } }],
    })),
  },
  // The examples that need more than the default install.
  {
    name: 'next-app',
    isExample: true,
    title: 'examples/next-app: Next.js',
    package: 'next',
    build: [node('next', 'build')],
    servers: [{ start: node('next', 'start', '-H', '127.0.0.1'), routes: [{ title: 'example' }] }],
  },
  {
    name: 'bun-app',
    isExample: true,
    title: 'examples/bun-app: Bun',
    package: 'bun',
    types: node('tsc', '--types', 'bun'),
    servers: [{ start: [commandOf('bun'), 'server.ts'], routes: [{ title: 'example' }] }],
  },
  {
    name: 'deno-app',
    isExample: true,
    title: 'examples/deno-app: Deno',
    package: 'deno',
    types: [commandOf('deno'), 'check', 'server.ts'],
    servers: [
      {
        start: [commandOf('deno'), 'run', '--allow-net', '--allow-env', '--allow-read', 'server.ts'],
        routes: [{ title: 'example' }],
      },
    ],
  },
];
