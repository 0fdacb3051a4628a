import { median, summary } from './stats.mjs';

/**
 * Asks all contestants in turn, round after round, so that what disturbs the machine disturbs them alike; each round in
 * another order, since whoever follows one that leaves much garbage shares the processor with its collector.
 * `measures` is a record of functions; the result has the list of what each gave. A fifth more rounds go before those
 * that count: whoever had to wait for the others to start is slow again for its first thousands of calls.
 */
export async function interleave(measures, rounds) {
  const names = Object.keys(measures);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -Math.ceil(rounds / 5); round < rounds; round++) {
    for (const name of shuffled(names)) {
      const sample = await measures[name]();
      if (round >= 0) samples[name].push(sample);
    }
  }
  return samples;
}

function shuffled(names) {
  return names
    .map((name) => ({ name, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
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
