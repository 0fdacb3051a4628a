import type { TestProject } from 'vitest/node';
import { startControl } from '../server/control.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of the control of the fault servers, which run in another process than the tests. */
    readonly faultControl: number;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const control = await startControl();
  project.provide('faultControl', control.port);
  return () => control.close();
}
