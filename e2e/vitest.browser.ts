import { defineConfig } from 'vitest/config';

/** A real browser on the built examples: `npm run test:browser`. */
export default defineConfig({
  test: {
    name: 'browser',
    include: ['e2e/browser/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
