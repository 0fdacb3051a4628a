import { defineConfig } from 'vitest/config';
import { alias } from '../vitest.workspace.ts';
import { CompatibilityReporter } from './reporter.ts';

const project = (name: string) => ({
  resolve: { alias },
  test: { name, include: [`runtimes/${name}/**/*.test.ts`], environment: 'node' as const, testTimeout: 30_000 },
});

/** The contract on other runtimes: `npm run test:bun`, `test:deno` and `test:edge`. */
export default defineConfig({
  test: {
    reporters: ['default', new CompatibilityReporter()],
    projects: ['bun', 'deno', 'edge'].map(project),
  },
});
