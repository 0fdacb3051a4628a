/** What a reader has before a snippet begins: an app with a login, or somebody who is signed in. */
export interface Surroundings {
  /** The module that makes the values, seen from the folder in which snippets are checked. */
  readonly module: string;
  readonly values: readonly string[];
  readonly types: readonly string[];
  /** Loads that module. */
  readonly load: () => Promise<object>;
}

/** By the name that the comment above a fence gives. */
export const SURROUNDINGS: Readonly<Record<string, Surroundings>> = {
  core: {
    module: './support/surroundings/core.ts',
    values: ['client', 'user', 'tenant', 'source'],
    types: ['Context'],
    load: () => import('./surroundings/core.ts'),
  },
  express: {
    module: './support/surroundings/express.ts',
    values: ['app', 'requireLogin', 'userId', 'tenantOf'],
    types: ['User'],
    load: () => import('./surroundings/express.ts'),
  },
  koa: {
    module: './support/surroundings/koa.ts',
    values: ['app', 'router', 'requireLogin'],
    types: ['AppState'],
    load: () => import('./surroundings/koa.ts'),
  },
  hono: {
    module: './support/surroundings/hono.ts',
    values: ['Hono', 'app', 'requireLogin', 'userId'],
    types: ['AppEnv', 'User'],
    load: () => import('./surroundings/hono.ts'),
  },
  emulator: {
    module: './support/surroundings/emulator.ts',
    values: ['emulator', 'keys', 'client'],
    types: [],
    load: () => import('./surroundings/emulator.ts'),
  },
  page: {
    module: './support/surroundings/page.ts',
    values: ['button', 'frame', 'fetch'],
    types: [],
    load: () => import('./surroundings/page.ts'),
  },
};
