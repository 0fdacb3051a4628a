import { afterAll, beforeEach, expect, type RunnerTask } from 'vitest';
import type { Pair } from './pairs.ts';

/** A promise of the contract that cannot be kept somewhere. */
export interface Limit {
  /** As the table of compatibility says it. */
  readonly says: string;
  readonly runtimes: readonly string[];
  /** Default: every framework. */
  readonly frameworks?: readonly string[];
  /** The tests that fail there for this reason: each is run, and must fail. */
  readonly tests: RegExp;
}

/** The one list of what cannot be kept where. A test that passes all the same fails its suite: then the entry goes. */
const LIMITS: readonly Limit[] = [
  {
    says: 'The app is not told that a visitor has left: the call to FaceVerify runs to its end.',
    runtimes: ['workerd', 'edge-light'],
    tests: /> when a visitor leaves .+ > the calls? .+ given up/,
  },
  {
    says: 'Requests that are pipelined on one connection are answered one after the other.',
    runtimes: ['Bun', 'Deno'],
    frameworks: ['Hono', 'Web standards'],
    tests: /> the calls of 300 pipelined requests are given up/,
  },
  {
    says: 'Koa emits an `error` event for every visitor who leaves (ECONNRESET).',
    runtimes: ['Deno'],
    frameworks: ['Koa'],
    tests: /> when a visitor leaves .+ > the next one is served, and nobody is told/,
  },
];

/** Expects those tests of the enclosing `describe` to fail that are listed here for the pair. */
export function expectLimits(pair: Pair): void {
  const limits = LIMITS.filter(
    ({ runtimes, frameworks = [pair.framework] }) =>
      runtimes.includes(pair.runtime) && frameworks.includes(pair.framework),
  );
  const met = new Set<Limit>();
  let tasks: readonly RunnerTask[] = [];
  beforeEach(({ task }) => {
    ({ tasks } = task.file);
    const limit = limits.find(({ tests }) => tests.test(task.fullTestName));
    if (limit === undefined) return;
    met.add(limit);
    Object.assign(task, { fails: true }); // As `test.fails` does.
    task.meta.limit = limit.says;
  });
  afterAll(() => {
    // A choice of tests need not meet every limit.
    if (tasks.every(hasRun)) expect(limits.filter((limit) => !met.has(limit))).toEqual([]);
  });
}

function hasRun(task: RunnerTask): boolean {
  return task.type === 'suite' ? task.tasks.every(hasRun) : task.mode !== 'skip';
}

declare module 'vitest' {
  interface TaskMeta {
    /** What the contract ran on, for the table of compatibility. */
    pair?: Pair;
    /** The promise that cannot be kept there: the test was expected to fail. */
    limit?: string;
  }
}
