import { summary } from './stats.mjs';

/** Flags for processes that wait between their turns: else V8 gives up compiled code that has been idle. */
export const STAY_WARM = ['--no-flush-bytecode'];

/** Processes of each contestant: what the compiler makes of the same code differs by a tenth from one to the next. */
export const copiesOf = ({ quick }) => (quick ? 1 : 3);

/** One measure of several copies, which take turns. */
export function inTurn(copies) {
  let turn = 0;
  return () => copies[turn++ % copies.length]();
}

/**
 * Asks all contestants in turn, round after round, so that what disturbs the machine disturbs them alike; each round in
 * another order, since whoever follows one that leaves much garbage shares the processor with its collector.
 * `measures` is a record of functions; the result has the list of what each gave. A fifth more rounds go before those
 * that count.
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

/** Warms a contestant up for `warmMs`, and says how many calls then take about `ms`: `least` at least. */
export async function calibrate(ask, { ms, warmMs, least }) {
  const began = performance.now();
  let calls = least;
  do {
    const sample = await ask(calls);
    calls = Math.max(least, Math.round((ms * sample.calls) / sample.wallMs));
  } while (performance.now() - began < warmMs);
  return calls;
}
