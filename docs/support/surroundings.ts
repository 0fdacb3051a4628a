/** What a reader has before a snippet begins: an app with a login, or somebody who is signed in. */
export interface Surroundings {
  /** The module that makes the values, seen from the folder in which snippets are checked. */
  readonly module: string;
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/** By the name that the comment above a fence gives. */
export const SURROUNDINGS: Readonly<Record<string, Surroundings>> = {
  core: surroundings('core', ['client', 'user', 'tenant', 'source'], ['Context']),
  express: surroundings('express', ['app', 'requireLogin', 'userId', 'tenantOf'], ['User']),
  koa: surroundings('koa', ['app', 'router', 'requireLogin'], ['AppState']),
  hono: surroundings('hono', ['Hono', 'app', 'requireLogin', 'userId'], ['AppEnv', 'User']),
  emulator: surroundings('emulator', ['emulator', 'keys', 'client'], []),
  page: surroundings('page', ['button', 'frame', 'fetch'], []),
};

function surroundings(name: string, values: readonly string[], types: readonly string[]): Surroundings {
  return { module: `./support/surroundings/${name}.ts`, values, types };
}
