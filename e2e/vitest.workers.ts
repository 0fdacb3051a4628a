import { defineConfig } from 'vitest/config';
import { CompatibilityReporter } from '../runtimes/reporter.ts';
import { alias } from '../vitest.workspace.ts';

/** Adapters in workerd, the runtime of Cloudflare Workers: `npm run test:workers`. */
export default defineConfig({
  resolve: { alias },
  test: {
    name: 'workers',
    include: ['e2e/workers/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
    reporters: ['default', new CompatibilityReporter()],
  },
});
