import { ADAPTERS } from '../../adapters.mjs';
import * as core from './fixtures/core.ts';
import * as emulator from './fixtures/emulator.ts';
import * as page from './fixtures/page.ts';
import type { Fixture, FrameworkFixture } from './fixture.ts';

/** The fixtures of the adapters, by their folder. */
export const FRAMEWORK_FIXTURES: ReadonlyMap<string, FrameworkFixture> = new Map(
  await Promise.all(
    ADAPTERS.map(async ({ folder }) => {
      // Safe: the type check of each adapter's folder says so.
      const fixture = (await import(`../../packages/${folder}/test/docs-fixture.ts`)) as FrameworkFixture;
      return [folder, fixture] as const;
    }),
  ),
);

/** Every fixture, by the name that the comment above a fence gives. */
const FIXTURES: ReadonlyMap<string, Fixture> = new Map<string, Fixture>([
  ['core', core],
  ['emulator', emulator],
  ['page', page],
  ...FRAMEWORK_FIXTURES,
]);

/** A fixture with the module that holds it, seen from the folder in which snippets are checked. */
export interface NamedFixture extends Fixture {
  readonly name: string;
  readonly module: string;
}

/** The fixture of this name, or the one that is in this module. */
export function findFixture(nameOrModule: string): NamedFixture | undefined {
  for (const [name, { scope, createFixture }] of FIXTURES) {
    const module = FRAMEWORK_FIXTURES.has(name)
      ? `../../packages/${name}/test/docs-fixture.ts`
      : `./fixtures/${name}.ts`;
    if (nameOrModule === name || nameOrModule === module) return { name, module, scope, createFixture };
  }
  return undefined;
}
