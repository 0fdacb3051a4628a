import { setTimeout as sleep } from 'node:timers/promises';
import { type FaceVerify, FaceVerifyError } from '@faceverify/core';
import { createClient } from '../../core/src/client.ts';
import { readOptions } from '../../core/src/options.ts';
import { platform as node } from '../../core/src/platform/node.ts';
import { platform as web } from '../../core/src/platform/web.ts';
import type { Expected, Kind } from '../src/expectation.ts';
import type { Fault, Times } from '../src/fault.ts';
import type { Report } from '../src/fault-server.ts';
import { API_KEY, IDENTIFIER, SECRET_KEY } from '../src/taints.ts';
import { APPS } from './apps.ts';
import { pausedSince } from './pauses.ts';
import { visit } from './visitor.ts';
import { Witness } from './witness.ts';

/** A fault, as far as a cell needs it: it may run in another process. */
export interface ReachableFault {
  readonly origin: string;
  report(): Report | Promise<Report>;
}

/** One way of calling: a platform or an adapter, with or without an identifier. */
export interface Column {
  readonly group: string;
  readonly name: string;
  readonly platform: 'node' | 'web';
  readonly kind: Kind;
  readonly call: (client: FaceVerify, witness: Witness) => Promise<Ending>;
}

/** How a call ended, as far as its caller can see. */
interface Ending {
  readonly code: string;
  /** Status of the app's answer; 0 where there is no app. */
  readonly status: number;
  /** Seconds, from the error or from the answer's header. */
  readonly retryAfter: number | undefined;
}

/** What came of one cell. `problems` is empty where it is as promised. */
export interface Cell {
  readonly attempts: number;
  readonly code: string;
  readonly status: number;
  /** How long it took, pauses of this process left out. */
  readonly ms: number;
  readonly problems: readonly string[];
}

const PLATFORMS = { node, web };
const AMPLE: Times = { timeoutMs: 6_000, attemptTimeoutMs: 5_000, connectTimeoutMs: 3_000 };
/** How long after its deadline a call may settle, where the clock is watched. */
const GRACE_MS = 250;
/** How long after its deadline a call is given up on. */
const HUNG_MS = 10_000;
const HUNG: Ending = { code: 'hung', status: 0, retryAfter: undefined };
const IDENTITY = { uniqueIdentifier: IDENTIFIER, country: 'US' };
const identify = (): typeof IDENTITY => IDENTITY;

/** Calls the core itself. */
function core(platform: 'node' | 'web', kind: Kind): Column {
  return {
    group: `core on ${platform === 'node' ? 'Node' : 'web'}`,
    name: kind,
    platform,
    kind,
    async call(client, witness) {
      const params = kind === 'K' ? IDENTITY : { country: 'US' };
      const code = await client.createSession(params).then(
        () => 'ok',
        (error: unknown) => {
          witness.thrown(error);
          return codeOf(error);
        },
      );
      return { code, status: 0, retryAfter: retryAfterOf(witness.error) };
    },
  };
}

/** Visits the ready route of an app. */
function mounted(name: string): Column {
  return {
    group: 'mounted, K',
    name,
    platform: 'node',
    kind: 'K',
    async call(client, witness) {
      // Half of them report to the hook, the others to the console, which is watched as well.
      const onError = ['Express 5', 'Koa 3', 'Hono'].includes(name) ? { onError: witness.onError } : {};
      const { status, headers, body, raw } = await visitApp(name, '/mounted', { client, identify, ...onError });
      witness.answered(raw, status === 200);
      const told: unknown = JSON.parse(body);
      const code = typeof told === 'object' && told !== null && 'code' in told ? String(told.code) : 'ok';
      const retryAfter = headers.get('retry-after');
      return { code, status, retryAfter: retryAfter === undefined ? undefined : Number(retryAfter) };
    },
  };
}

/** Visits a route of an app's own, which leaves errors to its framework. */
function attached(name: string, kind: Kind): Column {
  return {
    group: `attached, ${kind}`,
    name,
    platform: 'node',
    kind,
    async call(client, witness) {
      const settings = { client, identify, onThrown: witness.thrown };
      const { status, raw } = await visitApp(name, `/attached/${kind}`, settings);
      witness.answered(raw, status === 200);
      const code = status === 200 ? 'ok' : codeOf(witness.error);
      return { code, status, retryAfter: retryAfterOf(witness.error) };
    },
  };
}

async function visitApp(
  name: string,
  path: string,
  settings: Parameters<(typeof APPS)[string]>[0],
): Promise<Awaited<ReturnType<typeof visit>>> {
  const app = await APPS[name]?.(settings);
  if (app === undefined) throw new Error(`There is no app named ${name}.`);
  try {
    return await visit(app.port, path);
  } finally {
    await app.close();
  }
}

/** Every way of calling. */
export const COLUMNS: readonly Column[] = [
  core('node', 'K'),
  core('node', 'N'),
  core('web', 'K'),
  core('web', 'N'),
  ...Object.keys(APPS).map(mounted),
  ...Object.keys(APPS).map((name) => attached(name, 'K')),
  ...Object.keys(APPS).map((name) => attached(name, 'N')),
];

/** Meets `fault` once, and says in what it was not as promised. */
export async function meet(
  fault: Fault,
  at: ReachableFault,
  column: Column,
  { graceMs = GRACE_MS }: { graceMs?: number } = {},
): Promise<Cell> {
  const witness = new Witness();
  const { times = AMPLE, warmUps = 0 } = fault;
  const client = createClient(
    PLATFORMS[column.platform],
    readOptions({
      apiKey: API_KEY,
      secretKey: SECRET_KEY,
      baseUrl: at.origin,
      ...times,
      retry: { attempts: 3, minDelayMs: 1, maxDelayMs: 5 },
      onAttempt: witness.onAttempt,
    }),
  );
  if (warmUps > 0) await warmUp(client, warmUps);
  witness.told = 0;

  const began = performance.now();
  const hung = sleep(times.timeoutMs + HUNG_MS, HUNG, { ref: false });
  const ending = await Promise.race([column.call(client, witness), hung]);
  const ms = performance.now() - began - pausedSince(began);
  await Promise.race([client.close(), sleep(HUNG_MS, undefined, { ref: false })]);

  const report = await at.report();
  const repeatedByFetch = column.platform === 'web' ? (fault.repeatedByFetch ?? 0) : 0;
  const attempts = (report.attempts ?? witness.told) - repeatedByFetch;
  const expected = fault.expect[column.platform][column.kind];
  const problems = [
    ...differences(ending, attempts, expected, column),
    ...witness.problems(report.signatures),
    ...(witness.told === attempts ? [] : [`onAttempt was called ${witness.told} times`]),
    ...(ms <= times.timeoutMs + graceMs ? [] : [`settled after ${Math.round(ms)} ms`]),
    ...counted(report.badSignatures, 'wrong signatures'),
    // Before its request is sent, a connection of `fetch` is the runtime's, which may finish opening it for later.
    ...counted(
      column.platform === 'web' && fault.onRequest === undefined ? 0 : report.overlaps,
      'attempts began before the one before was dead',
    ),
    ...counted(report.strayed, 'requests went to another host'),
  ];
  const { error } = witness;
  if (FaceVerifyError.is(error) && error.attempts !== attempts) problems.push(`error.attempts is ${error.attempts}`);
  return { attempts, code: ending.code, status: ending.status, ms, problems };
}

/** Leaves that many connections behind, each kept for the next call. */
async function warmUp(client: FaceVerify, calls: number): Promise<void> {
  await Promise.all(Array.from({ length: calls }, () => client.createSession(IDENTITY)));
  await sleep(50); // Until they are free again.
}

function differences(ending: Ending, attempts: number, expected: Expected, { group }: Column): string[] {
  const found: string[] = [];
  if (ending.code !== expected.code) found.push(`code ${ending.code}, not ${expected.code}`);
  if (attempts !== expected.attempts) found.push(`${attempts} attempts, not ${expected.attempts}`);
  // What an app's own route does not catch is 500 in every framework: nothing of the error is copied.
  const status = group.startsWith('mounted') || expected.code === 'ok' ? expected.route : 500;
  if (ending.status !== 0 && ending.status !== status) found.push(`status ${ending.status}, not ${status}`);
  const [from, to] = expected.retryAfter ?? [];
  const asPromised =
    from === undefined || to === undefined || ending.retryAfter === undefined
      ? from === ending.retryAfter
      : ending.retryAfter >= from && ending.retryAfter <= to;
  if (!asPromised) found.push(`Retry-After ${ending.retryAfter}, not ${from} to ${to}`);
  return found;
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

function codeOf(error: unknown): string {
  return FaceVerifyError.is(error) ? error.code : `not a FaceVerifyError: ${String(error)}`;
}

function retryAfterOf(error: unknown): number | undefined {
  if (!FaceVerifyError.is(error) || error.retryAfterMs === undefined) return undefined;
  return Math.ceil(error.retryAfterMs / 1_000);
}
