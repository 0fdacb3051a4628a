import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';
import { coreOn, type Pair } from '../test/contract/pairs.ts';

const ARTIFACTS = new URL('../artifacts/compatibility/', import.meta.url);

/** Tests of the core have no pair of their own: they run in this process. */
const CORE_ON_NODE = coreOn({ runtime: 'Node', runtimeVersion: process.versions.node });

/** What ran of the contract on one pair, as scripts/compatibility.mjs reads it. */
interface Row extends Pair {
  passed: number;
  failed: number;
  /** What cannot be kept there, by test/contract/limits.ts. Its tests are counted nowhere: they must fail. */
  without: string[];
}

/** Prints what ran of the contract as a table, and writes it to `artifacts/compatibility/<runtime>.json`. */
export class CompatibilityReporter implements Reporter {
  #isChoice = false;

  onInit({ config }: Vitest): void {
    this.#isChoice = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = new Map<string, Row>();
    for (const test of modules.flatMap(({ children }) => [...children.allTests()])) {
      const pair = test.meta().pair ?? (test.project.name === 'core' ? CORE_ON_NODE : undefined);
      if (pair === undefined) continue;
      const key = JSON.stringify(pair);
      const row = rows.get(key) ?? { ...pair, passed: 0, failed: 0, without: [] };
      rows.set(key, row);
      count(test, row, this.#isChoice);
    }
    print([...rows.values()]);
    if (this.#isChoice) return; // It says nothing of the rest.
    for (const [file, ofFile] of groupByFile(rows.values())) {
      mkdirSync(ARTIFACTS, { recursive: true });
      writeFileSync(new URL(`${file}.json`, ARTIFACTS), `${JSON.stringify(ofFile, null, 2)}\n`);
    }
  }
}

/** A test is skipped if what it needs could not be started, unless only some were chosen. */
function count(test: TestCase, row: Row, isChoice: boolean): void {
  const { limit } = test.meta();
  const { state } = test.result();
  if (state === 'failed' || (state === 'skipped' && !isChoice)) row.failed++;
  else if (state === 'passed' && limit === undefined) row.passed++;
  else if (limit !== undefined && !row.without.includes(limit)) row.without.push(limit);
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
