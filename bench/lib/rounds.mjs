import { summary } from './stats.mjs';

/** Flags for processes that wait between their turns: by default V8 discards compiled code that has been idle. */
export const STAY_WARM = ['--no-flush-bytecode'];

/** Before each sample, a worker makes so many uncounted calls for each call in flight. */
export const UNCOUNTED = 3;

/** Processes per measured call: what the compiler makes of the same code differs by a tenth from one process to the next. */
export const copiesOf = ({ quick }) => (quick ? 1 : 3);

/** One measure of several copies, which take turns. */
export function inTurn(copies) {
  let turn = 0;
  return () => copies[turn++ % copies.length]();
}

/**
 * Calls each of `measures`, a record of functions, in turn, round after round, so that a disturbance of the machine
 * affects all alike. The order is another in each round, since the garbage collector of one process takes time from
 * the next. The result is a record of the samples. A fifth more rounds run before those that count.
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

export function shuffled(items) {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** What `field` of the samples is against that of the baseline, round by round. */
export function ratio(samples, baseline, field = 'cpuUs') {
  return summary(samples.map((sample, round) => sample[field] / baseline[round][field]));
}

export const summaryOf = (samples, field) => summary(samples.map((sample) => sample[field]));

/** Warms up for `warmMs`; the result is how many calls then take about `ms`, and at least `least`. */
export async function calibrate(ask, { ms, warmMs, least }) {
  const began = performance.now();
  let calls = least;
  do {
    const sample = await ask(calls);
    calls = Math.max(least, Math.round((ms * sample.calls) / sample.wallMs));
  } while (performance.now() - began < warmMs);
  return calls;
}
