import { calibrate, copiesOf, interleave, inTurn, ratio, STAY_WARM, summaryOf } from '../lib/rounds.mjs';

const FLAGS = [...STAY_WARM, '--conditions=workerd']; // Selects the web platform, as Workers do.
const SENT = '32 in flight';
const NOT_SENT = 'nothing is sent';
const BARE = 'bare';
const CLIENTS = {
  createSession: { module: 'clients/faceverify.mjs', id: 'default', label: 'createSession, web platform' },
  [BARE]: { module: 'clients/web-fetch.mjs', id: 'bare', label: 'bare fetch, cached CryptoKey' },
  deadline: { module: 'clients/web-fetch.mjs', id: 'deadline', label: 'the same with a deadline' },
};

/** Each client in processes of its own, with an upstream. */
async function measureSent({ children, quick }, url) {
  const measures = {};
  for (const [name, { module, id }] of Object.entries(CLIENTS)) {
    const copies = [];
    for (let i = 0; i < copiesOf({ quick }); i++) {
      const worker = await children.worker(module, url, FLAGS);
      const ask = (calls) => worker.ask({ id, calls, inFlight: 32 });
      const calls = await calibrate(ask, { ms: quick ? 60 : 120, warmMs: quick ? 300 : 3_000, least: 256 });
      copies.push(() => ask(calls));
    }
    measures[name] = inTurn(copies);
  }
  // Many rounds: garbage collection changes a sample by a fifth, and the bar is a tenth above 1.
  return interleave(measures, quick ? 5 : 240);
}

/** All in one process, with a fetch that answers at once: what is left when the network and the real fetch are gone. */
async function measureNotSent({ children, quick }, url) {
  const worker = await children.worker('micro/web.mjs', url, FLAGS);
  const measures = {};
  for (const id of Object.keys(CLIENTS)) {
    const ask = (calls) => worker.ask({ id, calls, inFlight: 32 });
    const calls = await calibrate(ask, { ms: quick ? 30 : 60, warmMs: quick ? 200 : 1_000, least: 300 });
    measures[id] = () => ask(calls);
  }
  return interleave(measures, quick ? 5 : 60);
}

/** createSession on the web platform against fetch by hand, all of them in Node's own fetch and WebCrypto. */
export async function run(context) {
  const { url } = await context.children.upstream();
  const sent = await measureSent(context, url);
  const groups = { [SENT]: sent, [NOT_SENT]: await measureNotSent(context, url) };
  return {
    baseline: CLIENTS[BARE].label,
    rows: Object.entries(groups).flatMap(([group, samples]) =>
      Object.entries(CLIENTS).map(([name, { label }]) => ({
        label,
        group,
        cpuUs: summaryOf(samples[name], 'cpuUs'),
        ratio: ratio(samples[name], samples[BARE]),
      })),
    ),
    bars: [
      {
        figure: 'createSession on the web platform against bare fetch with a cached key',
        value: ratio(sent.createSession, sent[BARE]),
        bar: 1.1,
      },
    ],
  };
}
