/*
 * A machine with too much to do stops this process now and then, and no timer fires in time. How long
 * it stood still is measured, so that a deadline is judged by the client and not by the machine.
 */
const EVERY_MS = 10;
/** Timers are never exact. */
const USUAL_MS = 5;

const pauses: Array<readonly [at: number, ms: number]> = [];
let expected = performance.now() + EVERY_MS;

setInterval(() => {
  const now = performance.now();
  if (now - expected > USUAL_MS) pauses.push([now, now - expected]);
  expected = now + EVERY_MS;
}, EVERY_MS).unref();

/** Milliseconds for which this process stood still since `began`, a time of `performance.now()`. */
export function pausedSince(began: number): number {
  let sum = 0;
  for (let index = pauses.length - 1; index >= 0; index--) {
    const [at, ms] = pauses[index] ?? [0, 0];
    if (at < began) break;
    sum += Math.min(ms, at - began);
  }
  return sum;
}
