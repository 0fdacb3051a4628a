import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startRemoteFault, type RemoteFault } from '../server/control.ts';
import type { Fault } from '../server/fault.ts';
import { FAULTS } from '../server/faults.ts';
import { leaksIn } from '../../support/leaks.ts';
import { type CaseResult, type Target, TARGETS, runCase } from './case.ts';
import { captureOutput } from './output.ts';
import { inParallel } from './parallel.ts';
import { printMatrix } from './print-matrix.ts';
import { LOG_SECRETS } from './leak-detector.ts';

const AT_ONCE = 12;
/** `FAULT=redirect npm run test:faults` runs the faults whose names hold that word. */
const only = process.env['FAULT'];
const faults = Object.values(FAULTS)
  .flat()
  .filter(({ name }) => only === undefined || name.includes(only));

const results = new Map<string, Map<Target, CaseResult>>(faults.map(({ name }) => [name, new Map()]));
/** Connections that the client still held a second after it was closed, by case. */
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
  for (const sender of ['node', 'fetch'] as const) {
    const before = process.getActiveResourcesInfo();
    const running = await runAll(TARGETS.filter((target) => target.sender === sender));
    await sleep(1_000);
    if (sender === 'node') {
      resourcesLeft.push(...without(process.getActiveResourcesInfo(), before));
      for (const { at, label } of running) {
        if ((await at.report()).openSockets > 0) leftOpen.push(label);
      }
    }
    await inParallel(AT_ONCE, running, ({ at }) => at.stop());
  }
  output.stop();
});

afterAll(() => console.log(`\n${printMatrix(results, TARGETS)}\n`));

async function runAll(targets: readonly Target[]): Promise<Array<{ at: RemoteFault; label: string }>> {
  const cases = faults.flatMap((fault) => targets.map((target) => ({ fault, target })));
  return inParallel(AT_ONCE, cases, async ({ fault, target }) => {
    const at = await startRemoteFault(inject('faultControl'), fault.name);
    results.get(fault.name)?.set(target, await runCase(fault, at, target));
    return { at, label: `${fault.name}, ${target.group}, ${target.name}` };
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
  test.each(TARGETS)('$group, $name', (target) => {
    const result = results.get(fault.name)?.get(target);
    expect(result).toBeDefined();
    expect(result?.problems).toEqual([]);
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
    expect(leaksIn(output.text(), LOG_SECRETS)).toEqual([]);
  });
});
