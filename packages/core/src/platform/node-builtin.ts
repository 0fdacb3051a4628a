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
