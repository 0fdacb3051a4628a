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
const BARS = { undici: 1.2, snippet: 0.3, stripe: 0.6 };

/** One session, the same JSON for all, each client in a process of its own. */
export async function run({ children, quick }) {
  const { url } = await children.upstream();
  const names = quick ? [OURS, ...Object.keys(BARS)] : Object.keys(PEERS);
  const workers = {};
  for (const name of names) workers[name] = await children.worker(`clients/${name}.mjs`, url);

  const rows = [];
  const bars = [];
  for (const inFlight of quick ? [32] : [1, 32, 256]) {
    const asks = {};
    for (const name of names) {
      const ask = (calls) => workers[name].ask({ calls, inFlight });
      const calls = await calibrate(ask, quick ? 60 : 150, Math.max(inFlight * 4, 300));
      asks[name] = () => ask(calls);
    }
    const samples = await interleave(asks, quick ? 9 : inFlight === 32 ? 31 : 21);
    for (const name of names) {
      rows.push({
        label: PEERS[name],
        group: `${inFlight} in flight`,
        cpuUs: summaryOf(samples[name], 'cpuUs'),
        perSecond: summaryOf(
          samples[name].map(({ calls, wallMs }) => ({ rate: (calls / wallMs) * 1000 })),
          'rate',
        ),
        ratio: ratio(samples[name], samples['undici']),
      });
    }
    for (const [peer, bar] of Object.entries(BARS)) {
      const against = ratio(samples[OURS], samples[peer]);
      bars.push({
        figure: `createSession against ${PEERS[peer]}, ${inFlight} in flight`,
        value: against,
        ...(inFlight === 32 && { bar }),
      });
    }
  }
  return { rows, bars, baseline: PEERS['undici'] };
}
