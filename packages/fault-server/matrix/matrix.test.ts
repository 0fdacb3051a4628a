import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startRemoteFault, type RemoteFault } from '../src/control.ts';
import type { Fault } from '../src/fault.ts';
import { FAULTS } from '../src/faults.ts';
import { taintsIn } from '../src/taint-scan.ts';
import { type Cell, type Column, COLUMNS, meet } from './cell.ts';
import { captureOutput } from './output.ts';
import { inParallel } from './parallel.ts';
import { printMatrix } from './print-matrix.ts';
import { LOG_TAINTS } from './witness.ts';

const AT_ONCE = 12;
/** `FAULT=redirect npm run test:faults` runs the faults whose names hold that word. */
const only = process.env['FAULT'];
const faults = Object.values(FAULTS)
  .flat()
  .filter(({ name }) => only === undefined || name.includes(only));

const results = new Map<string, Map<Column, Cell>>(faults.map(({ name }) => [name, new Map()]));
/** Connections that the client still held a second after it was closed, by cell. */
const leftOpen: string[] = [];
const resourcesLeft: string[] = [];
const unhandled: unknown[] = [];
const warnings: string[] = [];
const output = captureOutput();

beforeAll(async () => {
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  process.on('uncaughtExceptionMonitor', (error) => unhandled.push(error));
  process.on('warning', (warning) => warnings.push(warning.message));
  output.start();
  // Node first: `fetch` keeps connections of its own, which would be counted among those left over.
  for (const platform of ['node', 'web'] as const) {
    const before = process.getActiveResourcesInfo();
    const running = await runAll(COLUMNS.filter((column) => column.platform === platform));
    await sleep(1_000);
    if (platform === 'node') {
      resourcesLeft.push(...without(process.getActiveResourcesInfo(), before));
      for (const { at, label } of running) {
        if ((await at.report()).openSockets > 0) leftOpen.push(label);
      }
    }
    await inParallel(AT_ONCE, running, ({ at }) => at.stop());
  }
  output.stop();
});

afterAll(() => console.log(`\n${printMatrix(results, COLUMNS)}\n`));

async function runAll(columns: readonly Column[]): Promise<Array<{ at: RemoteFault; label: string }>> {
  const cells = faults.flatMap((fault) => columns.map((column) => ({ fault, column })));
  return inParallel(AT_ONCE, cells, async ({ fault, column }) => {
    const at = await startRemoteFault(inject('faultControl'), fault.name);
    results.get(fault.name)?.set(column, await meet(fault, at, column));
    return { at, label: `${fault.name}, ${column.group}, ${column.name}` };
  });
}

/** `list` without one of each in `taken`. */
function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = [...list];
  for (const item of taken) {
    const at = left.indexOf(item);
    if (at !== -1) left.splice(at, 1);
  }
  return left;
}

describe.each(faults)('$name', (fault: Fault) => {
  test.each(COLUMNS)('$group, $name', (column) => {
    const cell = results.get(fault.name)?.get(column);
    expect(cell).toBeDefined();
    expect(cell?.problems).toEqual([]);
  });
});

describe('the whole run', () => {
  test('covers at least 48 faults, each under a name of its own', () => {
    if (only === undefined) expect(faults.length).toBeGreaterThanOrEqual(48);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  test('leaves no rejection unhandled and no warning', () => {
    expect(unhandled).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test('leaves no connection open a second after close(), as the server sees it', () => {
    expect(leftOpen).toEqual([]);
  });

  test('leaves no socket and no timer a second after close(), as the process sees it', () => {
    expect(resourcesLeft).toEqual([]);
  });

  test('prints no secret', () => {
    if (only === undefined) expect(output.text()).toContain('FaceVerify '); // The route's own lines were caught.
    expect(taintsIn(output.text(), LOG_TAINTS)).toEqual([]);
  });
});
