// As test/faults/matrix/pauses.ts: how long a busy machine stopped this process, so that a deadline is judged by the
// client and not by the machine.
const EVERY_MS = 10;
/** Timers are never exact. */
const USUAL_MS = 5;

const pauses = [];
let expected = performance.now() + EVERY_MS;

setInterval(() => {
  const now = performance.now();
  if (now - expected > USUAL_MS) pauses.push([now, now - expected]);
  expected = now + EVERY_MS;
}, EVERY_MS).unref();

/** Milliseconds for which this process stood still since `began`, a time of `performance.now()`. */
export function pausedSince(began) {
  let sum = 0;
  for (const [at, ms] of pauses) {
    if (at >= began) sum += Math.min(ms, at - began);
  }
  return sum;
}
