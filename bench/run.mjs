// npm run bench [-- --quick] [-- --only NAME ...]: measures, prints tables, and writes artifacts/bench.json,
// or bench-part.json if it is not a full run.
// Compare ratios, and only within one run: absolute times depend on the machine and on what else it does.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { run as bytes } from './comparisons/bytes.mjs';
import { run as cli } from './comparisons/cli.mjs';
import { run as growth } from './comparisons/growth.mjs';
import { run as imports } from './comparisons/imports.mjs';
import { run as profile } from './comparisons/profile.mjs';
import { run as routes, runUnused as beside } from './comparisons/routes.mjs';
import { run as session } from './comparisons/session.mjs';
import { run as signing } from './comparisons/signing.mjs';
import { run as unused } from './comparisons/unused.mjs';
import { run as web } from './comparisons/web.mjs';
import { Children } from './lib/children.mjs';
import { ARTIFACTS } from './lib/paths.mjs';
import { printBars, printComparison } from './lib/table.mjs';

const COMPARISONS = {
  session: ['One session: CPU of the client process per call', session],
  profile: ['Where the CPU time of one session goes, 32 in flight', profile],
  routes: ['The ready route against a hand-written one: CPU of the server process per session', routes],
  beside: ['A route beside faceVerify(): CPU of the server process per request', beside],
  unused: ['faceVerify() attached but unused, called in a loop', unused],
  signing: ['Signing', signing],
  web: ['One session on the web platform', web],
  imports: ['Import time', imports],
  growth: ['As work grows: an upstream that takes 200 ms', growth],
  cli: ['The command faceverify: CPU of the whole process', cli],
  bytes: ['Bytes, minified and gzip -9', bytes],
};

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
const { quick } = values;
// A profile takes long: a quick run includes it only on request.
const { only = Object.keys(COMPARISONS).filter((name) => !(quick && name === 'profile')) } = values;
const unknown = only.find((name) => !Object.hasOwn(COMPARISONS, name));
if (unknown !== undefined) {
  console.error(`There is no comparison ${unknown}. Known are: ${Object.keys(COMPARISONS).join(', ')}.`);
  process.exit(2);
}

const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
console.log(`Node ${machine.node}, ${machine.cores} x ${machine.cpu}${quick ? ', quick: rough figures' : ''}`);

const results = {};
for (const name of only) {
  const [title, run] = COMPARISONS[name];
  const children = new Children();
  try {
    results[name] = { title, ...(await run({ children, quick })) };
  } finally {
    children.end();
  }
  printComparison(results[name]);
}
const figures = Object.values(results).flatMap(({ bars }) => bars);
if (figures.length > 0) printBars(figures, quick);

mkdirSync(ARTIFACTS, { recursive: true });
const file = quick || values.only !== undefined ? 'bench-part.json' : 'bench.json'; // Keeps the figures of the last full run.
writeFileSync(`${ARTIFACTS}${file}`, `${JSON.stringify({ ...machine, quick, results }, null, 2)}\n`);
console.log(`\nWritten to artifacts/${file}. Medians; [the middle half of the rounds].`);
