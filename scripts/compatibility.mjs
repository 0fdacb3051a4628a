// Writes docs/compatibility.md from what the suites ran: `npm run compatibility`, after them.
//
//   npm run compatibility -- --check      only compares names and major versions with the page as it is
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ADAPTERS } from '../adapters.mjs';
import { ROOT } from './lib/published.mjs';

const ARTIFACTS = join(ROOT, 'artifacts', 'compatibility');
const PAGE = join(ROOT, 'docs', 'compatibility.md');
const FRAMEWORKS = 'frameworks';
const BUNDLES = 'bundles';
/** Which script writes which files: a page without one of them would lack what it holds. */
const SUITES = {
  'test:node': ['node-22', 'node-24', 'node-26'],
  'test:bun': ['bun'],
  'test:deno': ['deno'],
  'test:workers': ['workerd'],
  'test:edge': ['edge-light'],
  'test:frameworks': [FRAMEWORKS],
  'test:packed': [BUNDLES],
};
/** In this order in the table; others follow. */
const RUNTIMES = ['Node', 'Bun', 'Deno', 'workerd', 'edge-light'];
const CORE = 'The core alone';

const ran = readRows();
const page = write(ran);
if (process.argv.includes('--check')) compare(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '');
else writeFileSync(PAGE, page);

/** Pairs of which every test passed. A framework may have several rows for one runtime. */
function readRows() {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const [script, files] of Object.entries(SUITES)) {
    if (scripts[script] === undefined || files.every((file) => existsSync(join(ARTIFACTS, `${file}.json`)))) continue;
    console.error(`artifacts/compatibility lacks ${files.join('.json or ')}.json. Run: npm run ${script}`);
    process.exit(1);
  }
  const pairs = new Map();
  for (const file of readdirSync(ARTIFACTS)) {
    const kind = [FRAMEWORKS, BUNDLES].find((each) => file === `${each}.json`);
    for (const { without = [], ...row } of JSON.parse(readFileSync(join(ARTIFACTS, file), 'utf8'))) {
      const key = [kind, row.runtime, row.runtimeVersion, row.framework, row.frameworkVersion].join();
      const pair = pairs.get(key) ?? { ...row, kind, passed: 0, failed: 0, without: [] };
      pair.passed += row.passed;
      pair.failed += row.failed;
      pair.without = [...new Set([...pair.without, ...without])].sort();
      pairs.set(key, pair);
    }
  }
  return [...pairs.values()].filter(({ passed, failed }) => passed > 0 && failed === 0);
}

function write(all) {
  const limits = [...new Set(all.flatMap(({ without }) => without))].sort();
  const marks = ({ without }) => without.map((limit) => ` (${limits.indexOf(limit) + 1})`).join('');
  const of = (kind) => all.filter((row) => row.kind === kind);
  return [
    '# Compatibility',
    '',
    'What the tests ran on, and passed. `npm run compatibility` writes this page: do not edit it.',
    '',
    ...adapters(of(undefined), marks),
    ...list('Frameworks', 'An app with each is built and started.', of(FRAMEWORKS), marks),
    ...list('Bundlers', 'The bundle of an app is started. [Bundlers](bundlers.md) says more.', of(BUNDLES), marks),
    '## What a runtime cannot do',
    '',
    ...limits.map((limit, index) => `${index + 1}. ${limit}`),
    '',
  ].join('\n');
}

function adapters(rows, marks) {
  const runtimes = sortedNames(rows.map(runtimeOf), RUNTIMES);
  const names = sortedNames(rows.map(frameworkOf), [...ADAPTERS.map(({ title }) => title), CORE]);
  const cell = (name, runtime) => {
    const row = rows.find((each) => frameworkOf(each) === name && runtimeOf(each) === runtime);
    return row === undefined ? '' : `yes${marks(row)}`;
  };
  const body = names.map((name) => [name, ...runtimes.map((runtime) => cell(name, runtime))]);
  return [
    '## Adapters',
    '',
    '`yes`: the adapter passes [the same tests](../test/contract/specs) as everywhere. An empty field was not tested. A number in brackets stands for what the runtime cannot do.',
    '',
    ...table(['', ...runtimes], body),
  ];
}

function list(title, text, rows, marks) {
  if (rows.length === 0) return [];
  const runtimesOf = (name) => {
    const ofName = rows.filter((row) => frameworkOf(row) === name);
    const on = (runtime) => runtime + marks(ofName.find((row) => runtimeOf(row) === runtime));
    return sortedNames(ofName.map(runtimeOf), RUNTIMES).map(on).join(', ');
  };
  const body = sortedNames(rows.map(frameworkOf), []).map((name) => [name, runtimesOf(name)]);
  return [`## ${title}`, '', text, '', ...table(['', 'on'], body)];
}

function runtimeOf({ runtime, runtimeVersion }) {
  return `${runtime} ${runtimeVersion}`.trim();
}

function frameworkOf({ framework, frameworkVersion }) {
  return `${framework} ${frameworkVersion}`.trim();
}

/** Names with versions, each once: first those of `order`, then by the alphabet, and by their versions. */
function sortedNames(names, order) {
  const rank = (name) => {
    const index = order.findIndex((each) => name.startsWith(each));
    return index === -1 ? order.length : index;
  };
  const compareNames = (a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true });
  return [...new Set(names)].sort(compareNames);
}

function table(head, body) {
  const line = (cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |').replaceAll('|  |', '| |');
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...body.map(line), ''];
}

/** Newer versions of the same major need no new page: the next that is written has them. */
function compare(committed) {
  const lines = (text) => text.replaceAll(/(?<= \d+)(?:\.\d+)+/g, '').split('\n');
  const [before, now] = [lines(committed), lines(page)];
  const differences = [
    ...before.filter((each) => !now.includes(each)).map((each) => `- ${each}`),
    ...now.filter((each) => !before.includes(each)).map((each) => `+ ${each}`),
  ];
  if (differences.length === 0) {
    console.log(`docs/compatibility.md says what ran: ${ran.length} pairs of a runtime and a framework.`);
    return;
  }
  console.error(
    `docs/compatibility.md is not what the suites ran. Run: npm run compatibility\n${differences.join('\n')}`,
  );
  process.exitCode = 1;
}
