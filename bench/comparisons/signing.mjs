import { calibrate, interleave, ratio, summaryOf } from '../lib/rounds.mjs';

/** Those of a line take turns in one process; the lines follow one another, since garbage is collected on both cores. */
const PROCESSES = [
  ['createHmac', 'node signer', 'unchecked', 'signRequest'],
  ['subtle.sign', 'web signer'],
  ['smithy', 'aws4fetch'],
];

/** Signing the same body again and again, one signature at a time. */
export async function run({ children, quick }) {
  const samples = {};
  for (const ids of PROCESSES) {
    const { ask } = await children.worker('micro/signing.mjs', '');
    const measures = {};
    for (const id of ids) {
      const sign = (calls) => ask({ id, calls, inFlight: 1 });
      const calls = await calibrate(sign, quick ? 15 : 40, 300);
      measures[id] = () => sign(calls);
    }
    Object.assign(samples, await interleave(measures, quick ? 11 : 81));
  }
  const bar = (id, baseline, limit) => ({
    figure: `${id} against bare ${baseline}`,
    value: ratio(samples[id], samples[baseline]),
    bar: limit,
  });
  return {
    baseline: 'createHmac',
    rows: PROCESSES.flat().map((id) => ({
      label: id,
      cpuUs: summaryOf(samples[id], 'cpuUs'),
      ratio: ratio(samples[id], samples.createHmac),
    })),
    bars: [
      bar('node signer', 'createHmac', 1.15),
      bar('signRequest', 'createHmac', 1.6),
      bar('web signer', 'subtle.sign', 1.15),
    ],
  };
}
