import { once } from '../lib/children.mjs';
import { interleave, summaryOf } from '../lib/rounds.mjs';

const CASES = {
  express: ['@faceverify/express', 'express'],
  koa: ['@faceverify/koa', 'koa'],
  'hono on Node': ['@faceverify/hono', 'hono', '@hono/node-server'],
  'hono alone': ['@faceverify/hono', 'hono'],
  core: ['@faceverify/core'],
};

/** Loading an adapter after its framework, in a fresh process each time. */
export async function run({ quick }) {
  const measures = Object.fromEntries(
    Object.entries(CASES).map(([name, modules]) => [name, () => once('./import-time.mjs', modules)]),
  );
  const samples = await interleave(measures, quick ? 7 : 31);
  return {
    rows: Object.keys(CASES).flatMap((name) => [
      { label: 'the framework', group: name, ms: summaryOf(samples[name], 'framework') },
      { label: 'the adapter over it', group: name, ms: summaryOf(samples[name], 'adapter') },
    ]),
    bars: ['express', 'koa', 'hono on Node'].map((name) => ({
      figure: `import of the adapter over its framework, ${name}`,
      value: summaryOf(samples[name], 'adapter'),
      unit: 'ms',
      bar: 5,
    })),
  };
}
