import { ADAPTERS } from '../../adapters.mjs';
import { FRAMEWORK_FIXTURES } from './fixtures.ts';

/** Every module that a snippet may import, by its name. */
export const MODULES: Readonly<Record<string, () => Promise<object>>> = {
  '@faceverify/core': () => import('@faceverify/core'),
  '@faceverify/core/adapter': () => import('@faceverify/core/adapter'),
  '@faceverify/core/diagnose': () => import('@faceverify/core/diagnose'),
  '@faceverify/emulator': () => import('@faceverify/emulator'),
  'node:assert/strict': () => import('node:assert/strict'),
  'node:https': () => import('node:https'),
  'node:tls': () => import('node:tls'),
  ...Object.fromEntries(
    ADAPTERS.map(({ folder }): [string, () => Promise<object>] => [
      `@faceverify/${folder}`,
      // Safe: a module is an object.
      () => import(`../../packages/${folder}/src/index.ts`) as Promise<object>,
    ]),
  ),
  ...Object.fromEntries([...FRAMEWORK_FIXTURES.values()].flatMap(({ modules }) => Object.entries(modules))),
};
