import type http from 'node:http';
import type https from 'node:https';
import { FaceVerifyError } from '../errors.ts';

/**
 * A module of Node's own. Not imported: for an ES module Node wraps each export of a module that it imports, a third of
 * a millisecond each.
 */
export const builtin: typeof process.getBuiltinModule = (name: string) => {
  if (typeof process.getBuiltinModule === 'function') return process.getBuiltinModule(name);
  throw new FaceVerifyError(
    'invalid_options',
    `@faceverify/core needs Node 20.19 or later. This is ${process.version}.`,
  );
};

/** By `require`, since tracers such as dd-trace hook that, but not `process.getBuiltinModule`. */
export function loadHttp(protocol: string): typeof http | typeof https {
  const load = builtin('node:module').createRequire('/'); // Any absolute path will do.
  // Safe: these are the names of Node's modules.
  return load(protocol === 'https:' ? 'node:https' : 'node:http') as typeof http | typeof https;
}
