import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import ts from 'typescript';
import checks from '../../.size-limit.js';
import { ROOT } from '../lib/paths.mjs';
import { sources } from '../lib/sources.mjs';

const WORKERS = checks.find(({ name }) => name === '@faceverify/hono, for Workers');
/** The goal; the budgets that CI enforces are those of `npm run size`. */
const GOAL = 6_500;

/** Bytes that an app carries, and what the largest consists of. */
export async function run() {
  const rows = [];
  for (const check of checks) rows.push({ label: check.name, ...weighed(await bundled(check)) });
  const whole = rows.find(({ label }) => label === WORKERS.name);
  const prose = withoutProse(await bundled(WORKERS, { plugins: [sources('web')] }));
  rows.push({ label: `${WORKERS.name}, without its sentences`, ...weighed(prose) });
  rows.push(...(await filesOf()));
  return { rows, bars: [{ figure: WORKERS.name, value: { median: whole.gzip }, unit: 'bytes', bar: GOAL }] };
}

const weighed = (code) => ({ minified: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length });

/** One entry of `npm run size`, bundled as it does. */
async function bundled({ path, import: names, ignore, modifyEsbuildConfig }, { plugins = [], minify = true } = {}) {
  const { outputFiles } = await build(
    modifyEsbuildConfig({
      absWorkingDir: ROOT,
      stdin: { contents: `import ${names} from './${path}';\nconsole.log(${names.slice(1, -1)});`, resolveDir: ROOT },
      bundle: true,
      minify,
      write: false,
      external: ignore,
      plugins,
    }),
  );
  return outputFiles[0].text;
}

/** What each file weighs: what the compressed bundle loses when its code is cut out. */
async function filesOf() {
  const readable = await bundled(WORKERS, { plugins: [sources('web')], minify: false });
  const weigh = async (code) =>
    weighed((await transform(code, { minify: true, format: 'esm', target: 'es2022' })).code);
  const whole = await weigh(readable);
  const rows = [];
  for (const region of readable.split(/^(?=\/\/ (?:packages\/|<stdin>))/m)) {
    const [, file] = /^\/\/ packages\/(\S+)/.exec(region) ?? [];
    if (file === undefined) continue;
    const { minified, gzip } = await weigh(readable.replace(region, ''));
    rows.push({ label: `${file} in it`, minified: whole.minified - minified, gzip: whole.gzip - gzip });
  }
  return rows.sort((a, b) => b.gzip - a.gzip);
}

/** Minified code without the sentences in its texts: every piece longer than 14 characters with a blank in it. */
function withoutProse(code) {
  const cuts = [];
  const visit = (node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (node.text.length > 14 && node.text.includes(' ')) {
        const ends = ts.isTemplateHead(node) || node.kind === ts.SyntaxKind.TemplateMiddle ? 2 : 1; // "${" or a quote
        cuts.push([node.getStart() + 1, node.getEnd() - ends]);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('bundle.js', code, ts.ScriptTarget.ES2022, true));
  let left = code;
  for (const [start, end] of cuts.reverse()) left = left.slice(0, start) + left.slice(end);
  return left;
}
