import { calibrate, interleave, ratio, summaryOf } from '../lib/rounds.mjs';

const PEERS = {
  faceverify: 'createSession',
  undici: 'undici request, by hand',
  'node-http': 'node:http, by hand',
  snippet: "the vendor's snippet, fetch",
  stripe: 'stripe-node',
  superagent: 'superagent',
  axios: 'axios',
  got: 'got',
  aws4fetch: 'aws4fetch, its own signing',
  openai: 'openai-node',
  ky: 'ky',
};
const OURS = 'faceverify';
const BASELINE = 'undici';
const BARS = { undici: 1.2, snippet: 0.3, stripe: 0.6 };
const BARRED = [OURS, ...Object.keys(BARS)];
const OTHERS = Object.keys(PEERS).filter((name) => name === BASELINE || !BARRED.includes(name));

/** Processes of those with a bar: what the compiler makes of the same code differs by a tenth from one to the next. */
const COPIES = 3;

/** Sessions by the clients in turn, each in processes of its own, for each number of calls in flight. */
async function measure({ children, quick }, names, copies, rounds) {
  const { url } = await children.upstream();
  const workers = {};
  for (const name of names) {
    workers[name] = [];
    for (let i = 0; i < copies; i++) workers[name].push(await children.worker(`clients/${name}.mjs`, url));
  }
  const levels = {};
  for (const inFlight of Object.keys(rounds).map(Number)) {
    const measures = {};
    for (const name of names) {
      const turns = [];
      for (const worker of workers[name]) {
        const ask = (calls) => worker.ask({ calls, inFlight });
        const calls = await calibrate(ask, quick ? 60 : 150, Math.max(inFlight * 4, 300));
        turns.push(() => ask(calls));
      }
      let turn = 0;
      measures[name] = () => turns[turn++ % copies]();
    }
    levels[inFlight] = await interleave(measures, rounds[inFlight]);
  }
  return levels;
}

/** One session, the same JSON for all. Those with a bar take turns among themselves, the others with the baseline. */
export async function run(context) {
  const { children, quick } = context;
  const barred = await measure(context, BARRED, COPIES, quick ? { 32: 9 } : { 1: 45, 32: 90, 256: 45 });
  children.end();
  const others = quick ? {} : await measure(context, OTHERS, 1, { 1: 15, 32: 21, 256: 15 });

  const rows = [];
  const bars = [];
  for (const [inFlight, samples] of Object.entries(barred)) {
    for (const name of quick ? BARRED : Object.keys(PEERS)) {
      const from = BARRED.includes(name) ? samples : others[inFlight];
      rows.push({
        label: PEERS[name],
        group: `${inFlight} in flight`,
        cpuUs: summaryOf(from[name], 'cpuUs'),
        perSecond: summaryOf(
          from[name].map(({ calls, wallMs }) => ({ rate: (calls / wallMs) * 1000 })),
          'rate',
        ),
        ratio: ratio(from[name], from[BASELINE]),
      });
    }
    for (const [peer, bar] of Object.entries(BARS)) {
      bars.push({
        figure: `createSession against ${PEERS[peer]}, ${inFlight} in flight`,
        value: ratio(samples[OURS], samples[peer]),
        ...(inFlight === '32' && { bar }),
      });
    }
  }
  return { rows, bars, baseline: PEERS[BASELINE] };
}
