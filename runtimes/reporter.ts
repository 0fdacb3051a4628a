import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import type { Pair } from '../test/contract/pairs.ts';

const ARTIFACTS = new URL('../artifacts/compatibility/', import.meta.url);

/** What ran of the contract on one pair, as scripts/compatibility.mjs reads it. */
interface Row extends Pair {
  passed: number;
  failed: number;
  /** What cannot be kept there, by test/contract/limits.ts. Its tests are counted nowhere: they must fail. */
  without: string[];
}

/** Prints what ran of the contract as a table, and writes it to `artifacts/compatibility/<runtime>.json`. */
export class CompatibilityReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = new Map<string, Row>();
    const tests = modules.flatMap(({ children }) => [...children.allTests()]);
    for (const test of tests) {
      const { pair, limit } = test.meta();
      if (pair === undefined) continue;
      const key = JSON.stringify(pair);
      const row = rows.get(key) ?? { ...pair, passed: 0, failed: 0, without: [] };
      rows.set(key, row);
      if (!test.ok()) row.failed++;
      else if (limit === undefined) row.passed++;
      else if (!row.without.includes(limit)) row.without.push(limit);
    }
    print([...rows.values()]);
    // A choice of tests says nothing of the rest.
    if (tests.some((test) => test.result().state === 'skipped')) return;
    for (const [file, ofFile] of groupByFile(rows.values())) {
      mkdirSync(ARTIFACTS, { recursive: true });
      writeFileSync(new URL(`${file}.json`, ARTIFACTS), `${JSON.stringify(ofFile, null, 2)}\n`);
    }
  }
}

/** Every version of Node is a suite of its own. */
function groupByFile(rows: Iterable<Row>): Map<string, Row[]> {
  const files = new Map<string, Row[]>();
  for (const row of rows) {
    const [major] = row.runtimeVersion.split('.');
    const file = row.runtime === 'Node' ? `node-${major}` : row.runtime.toLowerCase();
    files.set(file, [...(files.get(file) ?? []), row]);
  }
  return files;
}

function print(rows: readonly Row[]): void {
  for (const { runtime, runtimeVersion, framework, frameworkVersion, passed, failed, without } of rows) {
    const pair = `${runtime} ${runtimeVersion}`.padEnd(22) + `${framework} ${frameworkVersion}`.padEnd(22);
    console.log(`  ${pair}${passed} passed, ${failed} failed`);
    for (const says of without) console.log(`    not kept there: ${says}`);
  }
}
