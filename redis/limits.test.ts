import { createEmulator } from '@faceverify/emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Failing, type Instance, startInstance, writeApps } from './apps.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

/* The limiters of docs/rate-limits.md, in two processes of each app, as Redis comes and goes. */

const FRAMEWORKS = ['express', 'koa', 'hono', 'fastify'];
const LIMIT = 5;

const vendor = createEmulator();
const instances = new Map<string, Instance[]>();
let redis: RedisServer;
let closeVendor: () => Promise<void>;
let environment: Record<string, string>;

beforeAll(async () => {
  redis = await startRedis();
  const { url, close } = await vendor.listen();
  closeVendor = close;
  environment = {
    REDIS_URL: redis.url,
    FACEVERIFY_API_KEY: vendor.apiKey,
    FACEVERIFY_SECRET_KEY: vendor.secretKey,
    FACEVERIFY_BASE_URL: url,
    NODE_ENV: 'production', // Else frameworks print what they answer with 500.
  };
  writeApps(FRAMEWORKS);
  for (const framework of FRAMEWORKS) {
    for (const failing of ['closed', 'closed', 'open'] as const) {
      const instance = await startInstance(framework, failing, environment);
      instances.set(`${framework} ${failing}`, [...instancesOf(framework, failing), instance]);
    }
  }
});

afterAll(async () => {
  for (const instance of [...instances.values()].flat()) instance.stop();
  await redis.kill();
  await closeVendor();
});

beforeEach(() => vendor.reset());

function instancesOf(framework: string, failing: Failing): Instance[] {
  return instances.get(`${framework} ${failing}`) ?? [];
}

async function post({ url }: Instance, user: string): Promise<number> {
  const { status } = await fetch(`${url}/face-verify/session`, { method: 'POST', headers: { 'x-user': user } });
  return status;
}

/** The statuses of `count` requests of one user, by turns to all instances of an app that fails closed. */
async function postMany(framework: string, user: string, count: number): Promise<number[]> {
  const targets = instancesOf(framework, 'closed');
  const statuses: Promise<number>[] = [];
  for (let nth = 0; nth < count; nth++) {
    const target = targets[nth % targets.length];
    if (target === undefined) throw new Error(`${framework} has not started`);
    const status = post(target, user);
    // It takes requests that two processes count in the same quarter of a microsecond for one.
    if (framework === 'koa') await status;
    statuses.push(status);
  }
  return Promise.all(statuses);
}

/** How many of them got a session, and how many were refused. */
function countOf(statuses: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function sessionsOf(user: string): number {
  return vendor.received.filter(({ accepted, uniqueIdentifier }) => accepted && uniqueIdentifier === user).length;
}

describe('Redis is there', () => {
  test.for(FRAMEWORKS)(
    'two instances of %s let a user ask five times together, and others still',
    async (framework) => {
      const alice = `${framework}-alice`;
      expect(countOf(await postMany(framework, alice, 100))).toEqual({ 200: LIMIT, 429: 100 - LIMIT });
      expect(sessionsOf(alice)).toBe(LIMIT);
      expect(await postMany(framework, `${framework}-bob`, 2)).toEqual([200, 200]);
    },
  );

  test.for(FRAMEWORKS)('%s that would fail open limits too', async (framework) => {
    const [open] = instancesOf(framework, 'open');
    const statuses: (number | undefined)[] = [];
    for (let nth = 0; nth <= LIMIT; nth++) statuses.push(open && (await post(open, `${framework}-carol`)));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

describe.for([
  ['does not answer', () => redis.freeze()],
  ['is down', () => redis.kill()],
] as const)('Redis %s', ([, takeAway]) => {
  beforeAll(() => takeAway());

  test.for(FRAMEWORKS)('%s fails closed', async (framework) => {
    const user = `${framework}-dave`;
    expect(await postMany(framework, user, 2)).toEqual([500, 500]);
    expect(sessionsOf(user)).toBe(0);
  });

  test.for(FRAMEWORKS)('%s fails open with the option that the page names', async (framework) => {
    const [open] = instancesOf(framework, 'open');
    const user = `${framework}-erin`;
    const ask = async (): Promise<number | undefined> => open && post(open, user);
    expect(await Promise.all(Array.from({ length: LIMIT + 1 }, ask))).toEqual([200, 200, 200, 200, 200, 200]);
    expect(sessionsOf(user)).toBe(LIMIT + 1);
  });
});

test('without Redis, an app does not start', async () => {
  await expect(startInstance('express', 'closed', environment)).rejects.toThrow(/ended with 1: .*ECONNREFUSED/s);
});

describe('Redis is back', () => {
  beforeAll(() => redis.start());

  test.for(FRAMEWORKS)('two instances of %s count together again', async (framework) => {
    let probes = 0;
    for (const instance of instancesOf(framework, 'closed')) {
      const connected = (): Promise<number> => post(instance, `${framework}-probe-${probes++}`);
      await expect.poll(connected, { timeout: 30_000, interval: 100 }).toBe(200);
    }
    const frank = `${framework}-frank`;
    expect(countOf(await postMany(framework, frank, 20))).toEqual({ 200: LIMIT, 429: 20 - LIMIT });
  });
});
