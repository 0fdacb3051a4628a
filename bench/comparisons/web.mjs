import { calibrate, interleave, ratio, summaryOf } from '../lib/rounds.mjs';

const FLAGS = ['--conditions=workerd']; // Selects the web platform, as Workers do.
const LABELS = { faceverify: 'createSession, web platform', 'web-fetch': 'bare fetch, cached CryptoKey' };

/** Processes of each contestant: what the compiler makes of the same code differs by a tenth from one to the next. */
const COPIES = 3;

/** createSession on the web platform against fetch by hand, both in Node's own fetch and WebCrypto. */
export async function run({ children, quick }) {
  const { url } = await children.upstream();
  const measures = {};
  for (const name of Object.keys(LABELS)) {
    const copies = [];
    for (let i = 0; i < COPIES; i++) {
      const worker = await children.worker(`clients/${name}.mjs`, url, FLAGS);
      const ask = (calls) => worker.ask({ calls, inFlight: 32 });
      const calls = await calibrate(ask, quick ? 60 : 120, 300);
      copies.push(() => ask(calls));
    }
    let turn = 0;
    measures[name] = () => copies[turn++ % COPIES]();
  }
  // Many: garbage makes one sample differ from the next by a fifth, and the bar is a tenth away from 1.
  const samples = await interleave(measures, quick ? 9 : 240);
  return {
    baseline: LABELS['web-fetch'],
    rows: Object.entries(LABELS).map(([name, label]) => ({
      label,
      group: '32 in flight',
      cpuUs: summaryOf(samples[name], 'cpuUs'),
      ratio: ratio(samples[name], samples['web-fetch']),
    })),
    bars: [
      {
        figure: 'createSession on the web platform against bare fetch with a cached key',
        value: ratio(samples.faceverify, samples['web-fetch']),
        bar: 1.1,
      },
    ],
  };
}
