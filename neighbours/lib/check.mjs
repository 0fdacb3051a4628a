// One line for each thing that was tried. run.mjs counts the lines that begin with `  ok` and `  FAILED`.
import process from 'node:process';
import { inspect } from 'node:util';

/** Runs `action` and prints a line; what `action` returns is printed beside its name. */
export async function check(what, action) {
  const began = performance.now();
  try {
    const remark = await action();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`  ok      ${what}${remark === undefined ? '' : `: ${remark}`} (${seconds} s)`);
  } catch (error) {
    process.exitCode = 1;
    const text = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
    const lines = text.split('\n').filter((line) => !/^ +at .*(node:|check\.mjs)/.test(line));
    console.log([`  FAILED  ${what}`, ...lines].join('\n          '));
  }
}

/** Says that nothing was tried, and why. */
export function skip(what, reason) {
  console.log(`  skipped ${what}: ${reason}`);
}

/** Rejects unless `promise` settles within `ms`. */
export function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} has not settled after ${ms} ms.`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Prints rows of strings, the first of them as a head. */
export function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column]));
    console.log(`  ${cells.join('  ').trimEnd()}`);
  }
}
