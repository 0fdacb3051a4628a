import { once } from '../lib/children.mjs';
import { interleave, summaryOf } from '../lib/rounds.mjs';

const PLATFORMS = { Node: [], 'web platform': ['--conditions=workerd'] };

/** What the CPU time of one `createSession` consists of, on each platform, in several processes. */
export async function run({ children, quick }) {
  const { url } = await children.upstream();
  const args = ['../clients/faceverify.mjs', url, quick ? '2000' : '10000'];
  const measures = Object.fromEntries(
    Object.entries(PLATFORMS).map(([name, flags]) => [name, () => once('./profile.mjs', args, flags)]),
  );
  const samples = await interleave(measures, quick ? 1 : 3);
  return {
    rows: Object.keys(PLATFORMS).flatMap((group) =>
      Object.keys(samples[group][0]).map((label) => ({ group, label, share: summaryOf(samples[group], label) })),
    ),
    bars: [],
  };
}
