import { calibrate, interleave, STAY_WARM, UNCOUNTED } from '../../lib/rounds.mjs';
import { CURRENT } from '../../lib/runtimes.mjs';
import { BASELINE, modulePath, originsOf, OURS } from './clients.mjs';

/** Calls in flight. All versions of Node are measured at the first, the current one at the others as well. */
export const LEVELS = [32, 1, 256];
/** The calls among which new connections are counted. */
export const COUNTED_CALLS = 3_000;

/**
 * The clients that take turns, each group with its own baseline: with all twelve in one group, a client would wait so long
 * for its turn that it closes its idle connections. `processes` is how often a group is measured with new processes.
 */
const GROUPS = [
  {
    clients: [OURS, BASELINE, 'undici-pool', 'node-http', 'stripe'],
    countsConnections: true,
    processes: 2,
    rounds: { 32: 10, 1: 5, 256: 5 },
  },
  { clients: [OURS, BASELINE, 'snippet', 'superagent', 'axios', 'got'], processes: 1, rounds: { 32: 8 } },
  { clients: [BASELINE, 'aws4fetch', 'openai', 'ky'], processes: 1, rounds: { 32: 8 } },
];
const QUICK_GROUPS = [{ ...GROUPS[0], processes: 1, rounds: { 32: 6, 1: 2, 256: 2 } }];

/** CPU per warm call: what each group gave, by protocol and calls in flight. For `resultOf`. */
export async function measureWarm(context, runtimes) {
  const results = [];
  for (const protocol of ['https', 'http']) {
    for (const group of context.quick ? QUICK_GROUPS : GROUPS) {
      for (let n = 0; n < group.processes; n++) {
        for (const result of await measureGroup(context, group, protocol, runtimes)) {
          results.push({ ...result, group, protocol });
        }
      }
    }
  }
  return results;
}

/**
 * The result of a client: `samplesOf(runtime, client)` for it and the others of its group, and how many `connections`
 * the server accepted among the counted calls. `undefined` if the client was not measured with so many calls in flight.
 */
export function resultOf(results, protocol, level, client) {
  const all = results.filter((each) => each.protocol === protocol && each.level === level);
  const group = all.find((each) => each.group.clients.includes(client))?.group;
  if (group === undefined) return undefined;
  const own = all.filter((each) => each.group === group);
  return {
    samplesOf: (runtime, name) => own.flatMap(({ samples }) => samples[keyOf(runtime, name)] ?? []),
    ...(group.countsConnections && { connections: Math.max(...own.map(({ connections }) => connections[client])) }),
  };
}

const keyOf = (runtime, client) => `${runtime.name} ${client}`;

async function measureGroup({ children, quick }, { clients, countsConnections, rounds }, protocol, runtimes) {
  const upstream = await children.upstream();
  const workers = [];
  for (const runtime of runtimes) {
    for (const client of clients) {
      const { ask } = await children.worker(modulePath(client), originsOf(upstream)[protocol], STAY_WARM, runtime);
      workers.push({ runtime, client, ask });
    }
  }
  const current = workers.filter(({ runtime }) => runtime === CURRENT);
  const results = [];
  for (const level of LEVELS.filter((each) => each in rounds)) {
    const samples = await measureLevel(level === LEVELS[0] ? workers : current, level, rounds[level], quick);
    const connections = {};
    for (const { client, ask } of countsConnections ? current : []) {
      connections[client] = await countConnections(upstream, ask, level);
    }
    results.push({ level, samples, connections });
  }
  children.end();
  return results;
}

async function measureLevel(workers, inFlight, rounds, quick) {
  const measures = {};
  for (const { runtime, client, ask } of workers) {
    const call = (calls) => ask({ calls, inFlight });
    const calls = await calibrate(call, {
      ms: quick ? 60 : 100,
      warmMs: inFlight === LEVELS[0] ? (quick ? 400 : 900) : 200,
      least: Math.max(inFlight * 4, 100), // A burst and its end are a small part of them.
    });
    measures[keyOf(runtime, client)] = () => call(calls);
  }
  return interleave(measures, rounds);
}

/** How many connections the server accepts during the counted calls, after as many that are not counted. */
async function countConnections({ connections }, ask, inFlight) {
  const calls = COUNTED_CALLS - UNCOUNTED * inFlight; // The worker adds them.
  await ask({ calls, inFlight });
  const before = await connections();
  await ask({ calls, inFlight });
  return (await connections()) - before;
}
