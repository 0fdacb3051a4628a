import { setTimeout as sleep } from 'node:timers/promises';
import { createFaceVerify, type FaceVerify, FaceVerifyError } from '@faceverify/core';
import { FRAMEWORKS } from '../../support/frameworks.ts';
import type { Framework } from '../../support/test-app.ts';
import type { Expected, Kind, Sender } from '../server/expectation.ts';
import type { Fault, Times } from '../server/fault.ts';
import type { Report } from '../server/fault-server.ts';
import { API_KEY, IDENTIFIER, SECRET_KEY } from '../server/secrets.ts';
import { type AppSettings, startApp } from './app.ts';
import { pausedSince } from './pauses.ts';
import { visit } from './visitor.ts';
import { LeakDetector } from './leak-detector.ts';

/** A fault, as far as a case needs it: it may run in another process. */
export interface ReachableFault {
  readonly origin: string;
  report(): Report | Promise<Report>;
}

/** One way of calling: the core or an adapter, with or without an identifier. */
export interface Target {
  readonly group: string;
  readonly name: string;
  readonly sender: Sender;
  readonly kind: Kind;
  readonly call: (client: FaceVerify, detector: LeakDetector) => Promise<Ending>;
}

/** How a call ended, as far as its caller can see. */
interface Ending {
  readonly code: string;
  /** Status of the app's answer; 0 where there is no app. */
  readonly status: number;
  /** Seconds, from the error or from the answer's header. */
  readonly retryAfter: number | undefined;
}

/** What came of one case: a fault and a target. `problems` is empty where it is as specified. */
export interface CaseResult {
  readonly attempts: number;
  readonly code: string;
  readonly status: number;
  /** How long it took, pauses of this process left out. */
  readonly ms: number;
  readonly problems: readonly string[];
}

/**
 * `fetch` goes the way of platforms without Node, but for one thing: a function of the user's own gets its
 * headers as a record, the platform's as pairs.
 */
const SENDERS = {
  node: {},
  fetch: { fetch: (url: string, init: RequestInit) => globalThis.fetch(url, init) },
};
const AMPLE: Times = { timeoutMs: 6_000, attemptTimeoutMs: 5_000, connectTimeoutMs: 3_000 };
/** Status with which an app's own route answers where the call succeeds. */
const REDIRECTED = 303;
/** How long after its deadline a call may settle, where the clock is watched. */
const GRACE_MS = 250;
/** How long after its deadline a call is given up on. */
const HUNG_MS = 10_000;
const HUNG: Ending = { code: 'hung', status: 0, retryAfter: undefined };
const IDENTITY = { uniqueIdentifier: IDENTIFIER, country: 'US' };
const identify = (): typeof IDENTITY => IDENTITY;

/** Calls the core itself. */
function core(sender: Sender, kind: Kind): Target {
  return {
    group: sender === 'node' ? 'core on Node' : 'core with fetch',
    name: kind,
    sender,
    kind,
    async call(client, detector) {
      const params = kind === 'K' ? IDENTITY : { country: 'US' };
      const code = await client.createSession(params).then(
        () => 'ok',
        (error: unknown) => {
          detector.thrown(error);
          return codeOf(error);
        },
      );
      return { code, status: 0, retryAfter: retryAfterOf(detector.error) };
    },
  };
}

/** Visits the ready route of an app. */
function mounted(framework: Framework): Target {
  return {
    group: 'mounted, K',
    name: framework.name,
    sender: 'node',
    kind: 'K',
    async call(client, detector) {
      // Every second one reports to the hook, the others to the console, which is watched as well.
      const onError = FRAMEWORKS.indexOf(framework) % 2 === 0 ? { onError: detector.onError } : {};
      const { status, headers, body, raw } = await visitApp(framework, '/mounted', { client, identify, ...onError });
      detector.answered(raw, status === 200);
      const told: unknown = JSON.parse(body);
      const code = typeof told === 'object' && told !== null && 'code' in told ? String(told.code) : 'ok';
      const retryAfter = headers.get('retry-after');
      return { code, status, retryAfter: retryAfter === undefined ? undefined : Number(retryAfter) };
    },
  };
}

/** Visits a route of an app's own, which leaves errors to its framework. */
function attached(framework: Framework, kind: Kind): Target {
  return {
    group: `attached, ${kind}`,
    name: framework.name,
    sender: 'node',
    kind,
    async call(client, detector) {
      const settings = { client, identify, onThrown: detector.thrown };
      const { status, raw } = await visitApp(framework, `/attached/${kind}`, settings);
      detector.answered(raw, status === REDIRECTED);
      const code = status === REDIRECTED ? 'ok' : codeOf(detector.error);
      return { code, status, retryAfter: retryAfterOf(detector.error) };
    },
  };
}

async function visitApp(
  framework: Framework,
  path: string,
  settings: AppSettings,
): Promise<Awaited<ReturnType<typeof visit>>> {
  const app = await startApp(framework, settings);
  try {
    return await visit(app.url, path);
  } finally {
    await app.close();
  }
}

/** Every way of calling. */
export const TARGETS: readonly Target[] = [
  core('node', 'K'),
  core('node', 'N'),
  core('fetch', 'K'),
  core('fetch', 'N'),
  ...FRAMEWORKS.map(mounted),
  ...FRAMEWORKS.map((framework) => attached(framework, 'K')),
  ...FRAMEWORKS.map((framework) => attached(framework, 'N')),
];

/** Calls `target` once before `fault`, and says in what it was not as specified. */
export async function runCase(
  fault: Fault,
  at: ReachableFault,
  target: Target,
  { graceMs = GRACE_MS }: { graceMs?: number } = {},
): Promise<CaseResult> {
  const detector = new LeakDetector();
  const { times = AMPLE, warmUps = 0 } = fault;
  const client = createFaceVerify({
    apiKey: API_KEY,
    secretKey: SECRET_KEY,
    baseUrl: at.origin,
    ...times,
    ...SENDERS[target.sender],
    retry: { attempts: 3, minDelayMs: 1, maxDelayMs: 5 },
    onAttempt: detector.onAttempt,
  });
  if (warmUps > 0) await warmUp(client, warmUps);
  detector.told = 0;

  const began = performance.now();
  const hung = sleep(times.timeoutMs + HUNG_MS, HUNG, { ref: false });
  const ending = await Promise.race([target.call(client, detector), hung]);
  const ms = performance.now() - began - pausedSince(began);
  await Promise.race([client.close(), sleep(HUNG_MS, undefined, { ref: false })]);

  const report = await at.report();
  const repeatedByFetch = target.sender === 'fetch' ? (fault.repeatedByFetch ?? 0) : 0;
  const attempts = (report.attempts ?? detector.told) - repeatedByFetch;
  const expected = fault.expect[target.sender][target.kind];
  const problems = [
    ...differences(ending, attempts, expected, target),
    ...detector.problems(report.signatures),
    ...(detector.told === attempts ? [] : [`onAttempt was called ${detector.told} times`]),
    ...(ms <= times.timeoutMs + graceMs ? [] : [`settled after ${Math.round(ms)} ms`]),
    ...counted(report.badSignatures, 'wrong signatures'),
    // Before its request is sent, a connection of `fetch` is the runtime's, which may finish opening it for later.
    ...counted(
      target.sender === 'fetch' && fault.onRequest === undefined ? 0 : report.overlaps,
      'attempts began before the one before was dead',
    ),
    ...counted(report.strayed, 'requests went to another host'),
  ];
  const { error } = detector;
  if (FaceVerifyError.is(error) && error.attempts !== attempts) problems.push(`error.attempts is ${error.attempts}`);
  return { attempts, code: ending.code, status: ending.status, ms, problems };
}

/** Leaves that many connections behind, each kept for the next call. */
async function warmUp(client: FaceVerify, calls: number): Promise<void> {
  await Promise.all(Array.from({ length: calls }, () => client.createSession(IDENTITY)));
  await sleep(50); // Until they are free again.
}

function differences(ending: Ending, attempts: number, expected: Expected, { group }: Target): string[] {
  const found: string[] = [];
  if (ending.code !== expected.code) found.push(`code ${ending.code}, not ${expected.code}`);
  if (attempts !== expected.attempts) found.push(`${attempts} attempts, not ${expected.attempts}`);
  // What an app's own route does not catch is 500 in every framework: nothing of the error is copied.
  const ownRoute = expected.code === 'ok' ? REDIRECTED : 500;
  const status = group.startsWith('mounted') ? expected.route : ownRoute;
  if (ending.status !== 0 && ending.status !== status) found.push(`status ${ending.status}, not ${status}`);
  const [from, to] = expected.retryAfter ?? [];
  const asSpecified =
    from === undefined || to === undefined || ending.retryAfter === undefined
      ? from === ending.retryAfter
      : ending.retryAfter >= from && ending.retryAfter <= to;
  if (!asSpecified) found.push(`Retry-After ${ending.retryAfter}, not ${from} to ${to}`);
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
