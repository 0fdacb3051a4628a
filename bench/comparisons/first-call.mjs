import { once } from '../lib/children.mjs';
import { interleave, ratio, summaryOf } from '../lib/rounds.mjs';

const LABELS = {
  faceverify: 'createSession',
  undici: 'undici request, by hand',
  snippet: "the vendor's snippet, fetch",
  stripe: 'stripe-node',
  axios: 'axios',
  openai: 'openai-node',
};

/** The first call after start: loading, connecting and code that never ran before; without TLS. */
export async function run({ children, quick }) {
  const { url } = await children.upstream();
  const measures = Object.fromEntries(
    Object.keys(LABELS).map((name) => [name, () => once('./first-call.mjs', [`../clients/${name}.mjs`, url])]),
  );
  const samples = await interleave(measures, quick ? 2 : 25);
  return {
    rows: Object.entries(LABELS).flatMap(([name, label]) =>
      [
        ['load', 'loading'],
        ['first', 'first call'],
        ['second', 'second call'],
        ['total', 'from nothing loaded to the first answer'],
      ].map(([field, what]) => ({ label: what, group: label, ms: summaryOf(samples[name], field) })),
    ),
    bars: [
      {
        figure: "from nothing loaded to the first answer, against the vendor's snippet",
        value: ratio(samples.faceverify, samples.snippet, 'total'),
      },
    ],
  };
}
