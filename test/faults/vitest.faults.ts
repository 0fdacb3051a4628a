import { defineConfig } from 'vitest/config';
import { alias } from '../../vitest.workspace.ts';

/** Every fault through every way of calling: minutes rather than seconds, hence apart from the other tests. */
export default defineConfig({
  resolve: { alias },
  test: {
    root: import.meta.dirname,
    include: ['matrix/**/*.test.ts'],
    globalSetup: ['matrix/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    // What is printed is part of what is searched for secrets.
    disableConsoleIntercept: true,
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});
