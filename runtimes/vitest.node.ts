import { defineConfig } from 'vitest/config';
import workspace from '../vitest.workspace.ts';
import { CompatibilityReporter } from './reporter.ts';

/** The tests of the packages on the Node that runs them: `npm run test:node`. */
export default defineConfig({
  ...workspace,
  test: { ...workspace.test, reporters: ['default', new CompatibilityReporter()] },
});
