import { interleave, ratio, STAY_WARM, summaryOf } from '../lib/rounds.mjs';

/** Calls in flight, and how many are measured in a round once all connections are open. */
const LEVELS = { 1: 15, 10: 100, 100: 1_000, 1000: 6_000, 10000: 24_000 };
/** Each process is warm by the same work, or few calls would be those of code that has hardly run. */
const WARM = { calls: 20_000, inFlight: 1_000, mode: 'settled' };

/** CPU and memory as work grows, against an upstream that takes 200 ms; one process for each level. */
export async function run({ children, quick }) {
  const { slowUrl } = await children.upstream();
  const levels = (quick ? [100, 1000] : Object.keys(LEVELS).map(Number)).sort((a, b) => a - b);
  const measures = {};
  for (const inFlight of levels) {
    const { ask, report } = await children.worker('clients/faceverify.mjs', slowUrl, [...STAY_WARM, '--expose-gc']);
    const measure = async () => {
      const sample = await ask({
        calls: quick ? Math.ceil(LEVELS[inFlight] / 3) : LEVELS[inFlight],
        inFlight,
        mode: 'settled',
      });
      return { ...sample, kilobytes: (sample.heapUsed - report.heapUsed) / inFlight / 1024, mib: sample.rss / 2 ** 20 };
    };
    await ask(quick ? { ...WARM, calls: 2_000 } : WARM);
    await measure();
    measures[inFlight] = measure;
  }
  const samples = await interleave(measures, quick ? 1 : 9);
  const highest = levels.at(-1);
  return {
    rows: levels.map((inFlight) => ({
      label: `${inFlight} in flight`,
      cpuUs: summaryOf(samples[inFlight], 'cpuUs'),
      openingUs: summaryOf(samples[inFlight], 'openingUs'),
      // Of few calls the heap is that of the code.
      kilobytes: inFlight < 1_000 ? undefined : summaryOf(samples[inFlight], 'kilobytes'),
      mib: summaryOf(samples[inFlight], 'mib'),
    })),
    bars: quick
      ? []
      : [
          {
            figure: 'CPU per call, 10,000 in flight against 1,000',
            value: ratio(samples[highest], samples[1000]),
            bar: 1.3,
          },
        ],
  };
}
