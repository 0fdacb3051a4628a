import { calibrate, interleave, inTurn, STAY_WARM } from '../../lib/rounds.mjs';
import { CURRENT } from '../../lib/runtimes.mjs';
import { BASELINE, modulePath, originsOf, OURS } from './clients.mjs';

/**
 * The clients that take turns. With all twelve in one group each would wait so long for its turn that it closes its idle
 * connections, and V8 gives up compiled code. Each group measures its own baseline; the first group is measured at every
 * level, the others at 32 calls in flight.
 */
const GROUPS = [
  [OURS, BASELINE, 'undici-pool', 'node-http', 'stripe'],
  [OURS, BASELINE, 'snippet', 'superagent', 'axios', 'got'],
  [BASELINE, 'aws4fetch', 'openai', 'ky'],
];
/** Calls in flight. All versions of Node are measured at the first, the current one at the others as well. */
export const LEVELS = [32, 1, 256];
const ROUNDS = [{ 32: 24, 1: 8, 256: 8 }, { 32: 8 }, { 32: 8 }];
const QUICK_ROUNDS = [{ 32: 6, 1: 2, 256: 2 }];

/** The calls among which new connections are counted. */
export const COUNTED_CALLS = 3_000;

/**
 * CPU per warm call: a map of results by protocol, calls in flight and client. Each has the group's `samples` by
 * version of Node and client, and how many `connections` the server accepted among the counted calls.
 */
export async function measureWarm({ children, quick }, runtimes) {
  const results = {};
  for (const protocol of ['https', 'http']) {
    results[protocol] = {};
    for (const [index, rounds] of (quick ? QUICK_ROUNDS : ROUNDS).entries()) {
      const upstream = await children.upstream();
      const workers = await startWorkers(children, originsOf(upstream)[protocol], GROUPS[index], runtimes, quick);
      for (const level of LEVELS.filter((each) => each in rounds)) {
        const measured = level === LEVELS[0] ? workers : workers.filter(({ runtime }) => runtime === CURRENT);
        const samples = await measureGroup(measured, level, rounds[level], quick);
        results[protocol][level] ??= {};
        for (const client of GROUPS[index]) {
          results[protocol][level][client] ??= {
            samples,
            ...(index === 0 && { connections: await countConnections(upstream, workerOf(workers, client), level) }),
          };
        }
      }
      children.end();
    }
  }
  return results;
}

/** The key of a client's samples. */
export const keyOf = (runtime, client) => `${runtime.name} ${client}`;

async function startWorkers(children, origin, clients, runtimes, quick) {
  const workers = [];
  for (const runtime of runtimes) {
    for (const client of clients) {
      const copies = [];
      for (let copy = 0; copy < (runtime === CURRENT && !quick ? 2 : 1); copy++) {
        copies.push(await children.worker(modulePath(client), origin, STAY_WARM, runtime));
      }
      workers.push({ runtime, client, copies });
    }
  }
  return workers;
}

const workerOf = (workers, wanted) =>
  workers.find(({ runtime, client }) => runtime === CURRENT && client === wanted).copies[0];

async function measureGroup(workers, inFlight, rounds, quick) {
  const measures = {};
  for (const { runtime, client, copies } of workers) {
    const turns = [];
    for (const { ask } of copies) {
      const call = (calls) => ask({ calls, inFlight });
      const calls = await calibrate(call, {
        ms: quick ? 60 : 100,
        warmMs: inFlight === LEVELS[0] ? (quick ? 400 : 900) : 200,
        least: Math.max(inFlight * 4, 100), // A burst and its end are a small part of them.
      });
      turns.push(() => call(calls));
    }
    measures[keyOf(runtime, client)] = inTurn(turns);
  }
  return interleave(measures, rounds);
}

/** How many connections the server accepts during the counted calls, after as many that are not counted. */
async function countConnections({ connections }, { ask }, inFlight) {
  const calls = COUNTED_CALLS - inFlight; // The worker adds a burst of `inFlight`.
  await ask({ calls, inFlight });
  const before = await connections();
  await ask({ calls, inFlight });
  return (await connections()) - before;
}
