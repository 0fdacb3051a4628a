import { once } from '../lib/children.mjs';
import { ONE_ENTRY, writeCoreImports } from '../lib/one-entry.mjs';
import { interleave, summaryOf } from '../lib/rounds.mjs';
import { summary } from '../lib/stats.mjs';

/** What is imported, and the frameworks that are loaded before it. */
const CASES = {
  'nothing, after express': ['./nothing.mjs', 'express'],
  express: ['@faceverify/express', 'express'],
  koa: ['@faceverify/koa', 'koa'],
  'hono on Node': ['@faceverify/hono', 'hono', '@hono/node-server'],
  'hono alone': ['@faceverify/hono', 'hono'],
};

/** Loading an adapter after its framework, and the core, in a fresh process each time. */
export async function run({ quick }) {
  const coreImports = await writeCoreImports();
  const cases = {
    ...CASES,
    ...Object.fromEntries(Object.entries(coreImports).map(([name, path]) => [name, [path]])),
  };
  const measures = Object.fromEntries(
    Object.entries(cases).map(([name, modules]) => [name, () => once('./import-time.mjs', modules)]),
  );
  const samples = await interleave(measures, quick ? 2 : 31);
  const of = (name, what, field) =>
    summaryOf(
      samples[name].map((sample) => sample[what]),
      field,
    );
  const row = (name, what, label) => ({ label, group: name, cpuMs: of(name, what, 'cpuMs'), ms: of(name, what, 'ms') });
  // CPU time, which depends less on what else the machine does.
  const cpuMs = (name) => samples[name].map(({ imported }) => imported.cpuMs);
  const withOneEntry = cpuMs(ONE_ENTRY);
  return {
    rows: Object.entries(cases).flatMap(([name, [, ...frameworks]]) => [
      ...(frameworks.length > 0 ? [row(name, 'frameworks', 'the framework')] : []),
      row(name, 'imported', frameworks.length > 0 ? 'what is imported after it' : 'what is imported'),
    ]),
    bars: [
      ...['express', 'koa', 'hono on Node'].map((name) => ({
        figure: `import of the adapter after its framework, ${name}`,
        value: of(name, 'imported', 'cpuMs'),
        unit: 'ms',
        bar: 5,
      })),
      ...Object.keys(coreImports)
        .filter((name) => name !== ONE_ENTRY)
        .map((name) => ({
          figure: `import of ${name}, more than of ${ONE_ENTRY}`,
          value: summary(cpuMs(name).map((each, round) => each - withOneEntry[round])),
          unit: 'ms',
          bar: 1.5,
        })),
    ],
  };
}
