import { median, summary } from './stats.mjs';

/**
 * Asks all contestants in turn, round after round (A B C, B C A, ...), so that what disturbs the machine disturbs
 * them alike. `measures` is a record of functions; the result has the list of what each gave.
 */
export async function interleave(measures, rounds) {
  const names = Object.keys(measures);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length];
      samples[name][round] = await measures[name]();
    }
  }
  return samples;
}

/** What `field` of the samples is against that of the baseline, round by round. */
export function ratio(samples, baseline, field = 'cpuUs') {
  return summary(samples.map((sample, round) => sample[field] / baseline[round][field]));
}

export const summaryOf = (samples, field) => summary(samples.map((sample) => sample[field]));

/** Number of calls that take about `ms` on one core, from a first run that also warms up. */
export async function calibrate(ask, ms, first) {
  const warm = [await ask(first), await ask(first), await ask(first)];
  const perCall = median(warm.slice(1).map(({ wallMs, calls }) => wallMs / calls));
  return Math.max(32, Math.round(ms / perCall));
}
