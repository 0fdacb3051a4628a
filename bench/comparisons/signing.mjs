import { buildPlatforms } from '../lib/platforms.mjs';
import { calibrate, copiesOf, interleave, inTurn, ratio, STAY_WARM, summaryOf } from '../lib/rounds.mjs';

const SIGNERS = [
  'createHmac',
  'node signer',
  'unchecked',
  'signRequest',
  'subtle.sign',
  'web signer',
  'smithy',
  'aws4fetch',
];

/** Signing the same bodies again and again, one signature at a time; each signer in processes of its own. */
export async function run({ children, quick }) {
  await buildPlatforms();
  const measures = {};
  for (const id of SIGNERS) {
    const copies = [];
    for (let i = 0; i < copiesOf({ quick }); i++) {
      const { ask } = await children.worker('micro/signing.mjs', '', STAY_WARM);
      const sign = (calls) => ask({ id, calls, inFlight: 1 });
      const calls = await calibrate(sign, { ms: quick ? 15 : 40, warmMs: quick ? 150 : 1_000, least: 300 });
      copies.push(() => sign(calls));
    }
    measures[id] = inTurn(copies);
  }
  const samples = await interleave(measures, quick ? 6 : 90);
  const bar = (id, baseline, limit) => ({
    figure: `${id} against bare ${baseline}`,
    value: ratio(samples[id], samples[baseline]),
    bar: limit,
  });
  return {
    baseline: 'createHmac',
    rows: SIGNERS.map((id) => ({
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
