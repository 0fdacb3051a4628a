import { format } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TARGETS, runCase } from './matrix/case.ts';
import { LOG_SECRETS } from './matrix/leak-detector.ts';
import { startFault } from './server/fault-server.ts';
import { faultNamed } from './server/faults.ts';
import { leaksIn } from '../support/leaks.ts';

/*
 * One fault of every kind through every way of calling. All of them, with the clock running:
 * `npm run test:faults`.
 */
const REPRESENTATIVE = [
  'connect hangs (full backlog)',
  'connection refused',
  'TLS: certificate of nobody trusted',
  'reset before the headers',
  'reset inside the body',
  'body stalls',
  'headers dripped',
  'garbage instead of HTTP',
  'two answers to one request',
  'status 400',
  'status 401',
  'status 503',
  '429, Retry-After 2 minutes',
  'redirect 307 to another host',
  '200, a good session',
  '200, truncated JSON',
  "200, success 'true'",
  '200, success false',
  '200, a body of 300 MB',
  '200, one byte over 64 KiB',
  '200, gzip',
  'url: the host as user name of another',
  'a 503, then well again',
  'five kept connections: all reset as a request comes',
].map(faultNamed);

const logged: string[] = [];

beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation((...line: unknown[]) => {
    logged.push(format(...line));
  });
});

afterAll(() => {
  vi.restoreAllMocks();
});

describe.each(REPRESENTATIVE)('$name', (fault) => {
  test.concurrent.each(TARGETS)('$group, $name', async (target) => {
    const at = await startFault(fault);
    try {
      const { problems } = await runCase(fault, at, target, { graceMs: Infinity });
      expect(problems).toEqual([]);
    } finally {
      await at.stop();
    }
  });
});

test('what was logged on the way holds no secret', () => {
  expect(logged.filter((line) => line.startsWith('FaceVerify ')).length).toBeGreaterThan(0);
  expect(leaksIn(logged.join('\n'), LOG_SECRETS)).toEqual([]);
});
