import type { Behavior } from '../fault.ts';

const ONE_IN_FIVE = 0.2;
const SLOW_MS = 1_000;

/** The nth of a sequence of numbers from 0 to 1, the same in every run. Source: the public-domain generator mulberry32. */
function seeded(nth: number): number {
  const state = (20_251_123 + Math.imul(nth, 0x6d2b79f5)) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** How a vendor behaves over many calls. */
export const BEHAVIORS: readonly Behavior[] = [
  {
    name: 'full outage',
    onRequest: ({ reply }) => reply(503, 'down'),
  },
  {
    name: 'brown-out: one answer in five is 503',
    onRequest: ({ nth, reply, session }) => (seeded(nth) < ONE_IN_FIVE ? reply(503, 'busy') : reply(200, session)),
  },
  {
    name: 'well, but slow',
    onRequest: ({ reply, session }) => {
      setTimeout(() => reply(200, session), SLOW_MS);
    },
  },
];
