import { once } from '../lib/children.mjs';
import { interleave, summaryOf } from '../lib/rounds.mjs';

const CASES = {
  'nothing, after express': ['./nothing.mjs', 'express'],
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
  const samples = await interleave(measures, quick ? 2 : 31);
  const of = (name, what, field) =>
    summaryOf(
      samples[name].map((sample) => sample[what]),
      field,
    );
  const row = (name, what, label) => ({ label, group: name, cpuMs: of(name, what, 'cpuMs'), ms: of(name, what, 'ms') });
  return {
    rows: Object.keys(CASES).flatMap((name) => [
      row(name, 'framework', 'the framework'),
      row(name, 'adapter', 'what is imported over it'),
    ]),
    bars: ['express', 'koa', 'hono on Node'].map((name) => ({
      figure: `import of the adapter over its framework, ${name}`,
      // CPU time: on an idle machine it is the time that passes, on a busy one it still says something.
      value: of(name, 'adapter', 'cpuMs'),
      unit: 'ms',
      bar: 5,
    })),
  };
}
