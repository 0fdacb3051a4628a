import { defineConfig } from 'vitest/config';
import { alias } from '../vitest.workspace.ts';

/** Rate limiters that several instances share: `npm run test:redis`. */
export default defineConfig({
  resolve: { alias },
  test: {
    name: 'redis',
    include: ['redis/*.test.ts'],
    globalSetup: 'redis/global-setup.ts',
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
