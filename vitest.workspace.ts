import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const packages = readdirSync(path('packages'));

/** Tests run against the sources, never against a build that may be stale. Subpaths come before their package. */
export const alias: Readonly<Record<string, string>> = {
  '#platform': path('packages/core/src/platform/node.ts'),
  '@faceverify/core/adapter': path('packages/core/src/adapter/index.ts'),
  '@faceverify/core/diagnose': path('packages/core/src/diagnose/index.ts'),
  ...Object.fromEntries(packages.map((name) => [`@faceverify/${name}`, path(`packages/${name}/src/index.ts`)])),
};

const project = (name: string, include: string[]) => ({
  resolve: { alias },
  test: { name, include, environment: 'node' as const, testTimeout: 15_000 },
});

export default defineConfig({
  test: {
    maxWorkers: '100%', // By default one core is left idle: half of a machine with two.
    projects: [
      ...packages.map((name) => project(name, [`packages/${name}/test/**/*.test.ts`])),
      {
        ...project('core on the web platform', ['packages/core/test/**/!(*.node).test.ts']),
        resolve: { alias: { ...alias, '#platform': path('packages/core/src/platform/web.ts') } },
      },
      project('contract', ['test/contract/**/*.test.ts']),
      project('faults', ['test/faults/*.test.ts']), // Those of the whole matrix: npm run test:faults.
      project('docs', ['test/docs/**/*.test.ts']),
      project('examples', ['examples/**/*.test.ts']),
    ],
  },
});
