import { fileURLToPath } from 'node:url';
import { bytesOf, ENTRIES, gzipped, sizes } from '../../scripts/size.mjs';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
const [WORKERS] = ENTRIES;
/** The goal; the budgets that CI enforces are those of `npm run size`. */
const GOAL = 6_500;

/** What could be left out, and what would stand in its place. */
const VENDOR_TEXTS = { 'vendor-message.ts': 'export const presentableVendorMessage = () => undefined;' };
const REQUEST = {
  'request.ts': 'export const readRequest = () => ({}); export const readRequested = () => undefined;',
};

/** Bytes that an app carries, and what would be left of the largest without the parts that could be given up. */
export async function run() {
  const found = await sizes();
  const whole = found.find(({ name }) => name === WORKERS.name);
  const without = [
    { what: 'its sentences', change: withoutProse },
    { what: 'cutting secrets out of vendor texts', stubs: VENDOR_TEXTS },
    { what: 'request()', stubs: REQUEST },
    { what: 'all three', stubs: { ...VENDOR_TEXTS, ...REQUEST }, change: withoutProse },
  ];
  const rows = found.map(({ name, minified, gzip }) => ({ label: name, minified, gzip }));
  for (const { what, stubs = {}, change = (code) => code } of without) {
    const { bundle } = await bytesOf(WORKERS, [sources(stubs)]);
    const code = change(bundle);
    rows.push({ label: `${WORKERS.name}, without ${what}`, minified: Buffer.byteLength(code), gzip: gzipped(code) });
  }
  rows.push(...(await filesOf()));
  return { rows, bars: [{ figure: WORKERS.name, value: { median: whole.gzip }, unit: 'bytes', bar: GOAL }] };
}

/** Keeps what nothing names any more. */
const ALL = { treeshake: false, minify: { compress: false, mangle: true, codegen: true } };

/** What each file weighs: what the compressed bundle loses when its code is cut out. */
async function filesOf() {
  const { bundle } = await bytesOf(WORKERS, [sources({})], { minify: false });
  // To export what was cut out would be an error.
  const readable = bundle.replace(/^export \{(.*)\};?$/m, 'globalThis.exported = [$1];');
  const weigh = (code) => bytesOf({ ...WORKERS, code }, [], ALL);
  const whole = await weigh(readable);
  const rows = [];
  for (const region of readable.split(/^(?=\/\/#(?:end)?region\b)/m)) {
    const [, file] = /^\/\/#region packages\/(\S+)/.exec(region) ?? [];
    if (file === undefined) continue;
    const { minified, gzip } = await weigh(readable.replace(region, ''));
    rows.push({ label: `${file} in it`, minified: whole.minified - minified, gzip: whole.gzip - gzip });
  }
  return rows.sort((a, b) => b.gzip - a.gzip);
}

/** Takes the packages from their sources, with some files replaced. */
function sources(stubs) {
  const paths = {
    '@faceverify/hono': `${packages}hono/src/index.ts`,
    '@faceverify/core': `${packages}core/src/index.ts`,
    '#platform': `${packages}core/src/platform/web.ts`,
  };
  return {
    name: 'sources',
    resolveId: (id) => paths[id],
    load: (id) => stubs[id.slice(id.lastIndexOf('/') + 1)],
  };
}

/**
 * Minified code without the sentences in its texts: every piece longer than 14 characters with a blank in it.
 * The minifier writes all texts as template literals, so it is enough to follow those; regular expressions that hold
 * a backtick would confuse this, and there are none.
 */
function withoutProse(code) {
  let left = '';
  let piece = '';
  const open = [];
  const endPiece = () => {
    if (piece.length <= 14 || !piece.includes(' ')) left += piece;
    piece = '';
  };
  for (let at = 0; at < code.length; at++) {
    const character = code[at];
    if (open.at(-1) !== '`') {
      if (character === '{' || character === '`') open.push(character);
      else if (character === '}') open.pop();
      left += character;
    } else if (character === '\\') {
      piece += character + code[++at];
    } else if (character === '`') {
      endPiece();
      open.pop();
      left += character;
    } else if (character === '$' && code[at + 1] === '{') {
      endPiece();
      open.push('{');
      left += '${';
      at++;
    } else piece += character;
  }
  return left;
}
