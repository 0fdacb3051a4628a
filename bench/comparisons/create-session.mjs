import { calibrate, copiesOf, interleave, inTurn, ratio, STAY_WARM, summaryOf } from '../lib/rounds.mjs';

const CLIENTS = {
  faceverify: 'createSession',
  undici: 'undici request, by hand',
  'undici-pool': 'undici Pool, by hand',
  'node-http': 'node:http, by hand',
  snippet: "the vendor's snippet, fetch",
  stripe: 'stripe-node',
  superagent: 'superagent, keep-alive',
  axios: 'axios',
  got: 'got',
  aws4fetch: 'aws4fetch, its own signing',
  openai: 'openai-node',
  ky: 'ky',
};
const OURS = 'faceverify';
const BASELINE = 'undici';
/** Against whom a figure is given, and the bar at 32 in flight. */
const FIGURES = { undici: 1.2, 'undici-pool': undefined, snippet: 0.3, stripe: 0.6 };
/**
 * Who takes turns with whom: all twelve together would wait so long for a turn that connections and what the compiler
 * and the collector keep ready are given up in between. Each group has ours and its own baseline.
 */
const GROUPS = [
  Object.keys(FIGURES),
  [BASELINE, 'node-http', 'superagent', 'axios', 'got'],
  [BASELINE, 'aws4fetch', 'openai', 'ky'],
].map((names) => [OURS, ...names]);

/** Samples of a group, by number of calls in flight; each client in processes of its own. */
async function measure({ children, quick }, names, copies, levels) {
  const { url } = await children.upstream();
  const workers = {};
  for (const name of names) {
    workers[name] = [];
    for (let i = 0; i < copies; i++) {
      workers[name].push(await children.worker(`clients/${name}.mjs`, url, STAY_WARM));
    }
  }
  const samples = {};
  for (const [level, rounds] of Object.entries(levels)) {
    const inFlight = Number(level);
    const measures = {};
    for (const name of names) {
      const turns = [];
      for (const { ask } of workers[name]) {
        const call = (calls) => ask({ calls, inFlight });
        // So many calls that a burst and its end are a small part of them.
        const least = Math.max(inFlight * 4, 100);
        const calls = await calibrate(call, { ms: quick ? 60 : 120, warmMs: quick ? 500 : 1_500, least });
        turns.push(() => call(calls));
      }
      measures[name] = inTurn(turns);
    }
    samples[level] = await interleave(measures, rounds);
  }
  children.end();
  return samples;
}

/** One session, the same JSON for all. */
export async function run(context) {
  const { quick } = context;
  const groups = [];
  for (const names of quick ? GROUPS.slice(0, 1) : GROUPS) {
    const first = groups.length === 0; // More of those with a figure.
    const copies = first ? copiesOf(context) : 1;
    const full = first ? { 1: 45, 32: 75, 256: 30 } : { 1: 15, 32: 21, 256: 9 };
    groups.push({ names, samples: await measure(context, names, copies, quick ? { 32: 6 } : full) });
  }

  const rows = [];
  const bars = [];
  for (const level of Object.keys(groups[0].samples)) {
    for (const { names, samples } of groups) {
      const of = samples[level];
      for (const name of names) {
        rows.push({
          label: CLIENTS[name],
          group: `${level} in flight`,
          cpuUs: summaryOf(of[name], 'cpuUs'),
          perSecond: summaryOf(
            of[name].map(({ calls, wallMs }) => ({ rate: (calls / wallMs) * 1000 })),
            'rate',
          ),
          ratio: ratio(of[name], of[BASELINE]),
        });
      }
    }
    const [{ samples }] = groups;
    for (const [name, bar] of Object.entries(FIGURES)) {
      bars.push({
        figure: `createSession against ${CLIENTS[name]}, ${level} in flight`,
        value: ratio(samples[level][OURS], samples[level][name]),
        ...(level === '32' && { bar }),
      });
    }
  }
  return { rows, bars, baseline: `${CLIENTS[BASELINE]}, of its group` };
}
