// Counts the cases of `npm run test:packed`, and prints a line for each.
import { availableParallelism } from 'node:os';

export const totals = { passed: 0, failed: 0 };

/**
 * Runs one case. What `action` returns is printed beside its name.
 *
 * @param {string} what
 * @param {() => unknown} action
 * @returns {Promise<boolean>} Whether it passed.
 */
export async function check(what, action) {
  const began = performance.now();
  try {
    const remark = await action();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    totals.passed++;
    console.log(`  ok      ${what}${typeof remark === 'string' ? `: ${remark}` : ''} (${seconds} s)`);
    return true;
  } catch (error) {
    totals.failed++;
    console.log(`  FAILED  ${what}\n${[error.message, error.stdout, error.stderr].filter(Boolean).join('\n')}`);
    return false;
  }
}

/**
 * Runs as many of `actions` at once as there are cores.
 *
 * @param {readonly (() => Promise<unknown>)[]} actions
 */
export async function runAll(actions) {
  const left = actions.values();
  const next = async () => {
    for (const action of left) await action();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
}
