import { ADAPTERS } from '../../adapters.mjs';
import type { Framework } from './test-app.ts';

/** An adapter on every major version of its framework. */
export async function frameworksOf(folder: string): Promise<readonly Framework[]> {
  // Safe: the type check of each adapter's folder says so.
  const { FRAMEWORKS: frameworks } = (await import(`../../packages/${folder}/test/frameworks.ts`)) as {
    FRAMEWORKS: readonly Framework[];
  };
  return frameworks;
}

/** Every adapter on every major version of its framework. */
export const FRAMEWORKS: readonly Framework[] = (
  await Promise.all(ADAPTERS.map(({ folder }) => frameworksOf(folder)))
).flat();
