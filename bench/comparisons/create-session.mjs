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

/** One session, the same JSON for all, each client in processes of its own; all take turns. */
export async function run({ children, quick }) {
  const names = quick ? [OURS, ...Object.keys(FIGURES)] : Object.keys(CLIENTS);
  const { url } = await children.upstream();
  const workers = {};
  for (const name of names) {
    workers[name] = [];
    for (let i = 0; i < copiesOf({ quick }); i++) {
      workers[name].push(await children.worker(`clients/${name}.mjs`, url, STAY_WARM));
    }
  }

  const rows = [];
  const bars = [];
  for (const [inFlight, rounds] of quick
    ? [[32, 6]]
    : [
        [1, 30],
        [32, 75],
        [256, 30],
      ]) {
    const measures = {};
    for (const name of names) {
      const copies = [];
      for (const { ask } of workers[name]) {
        const call = (calls) => ask({ calls, inFlight });
        // So many calls that a burst and its end are a small part of them.
        const calls = await calibrate(call, {
          ms: quick ? 60 : 120,
          warmMs: quick ? 500 : 1_200,
          least: Math.max(inFlight * 8, 100),
        });
        copies.push(() => call(calls));
      }
      measures[name] = inTurn(copies);
    }
    const samples = await interleave(measures, rounds);

    for (const name of names) {
      const perSecond = samples[name].map(({ calls, wallMs }) => ({ rate: (calls / wallMs) * 1000 }));
      rows.push({
        label: CLIENTS[name],
        group: `${inFlight} in flight`,
        cpuUs: summaryOf(samples[name], 'cpuUs'),
        perSecond: summaryOf(perSecond, 'rate'),
        ratio: ratio(samples[name], samples[BASELINE]),
      });
    }
    for (const [name, bar] of Object.entries(FIGURES)) {
      bars.push({
        figure: `createSession against ${CLIENTS[name]}, ${inFlight} in flight`,
        value: ratio(samples[OURS], samples[name]),
        ...(inFlight === 32 && { bar }),
      });
    }
  }
  return { rows, bars, baseline: CLIENTS[BASELINE] };
}
