import { gzipped, sizes } from '../../scripts/size.mjs';

const WORKERS = '@faceverify/hono, for Workers';
/** The goal; the budgets that CI enforces are those of `npm run size`. */
const GOAL = 6_500;

/** Bytes that an app carries, and what would be left of the largest if it said nothing to anybody. */
export async function run() {
  const found = await sizes();
  const { bundle, gzip } = found.find(({ name }) => name === WORKERS);
  const silent = withoutProse(bundle);
  return {
    rows: [
      ...found.map((entry) => ({ label: entry.name, minified: entry.minified, gzip: entry.gzip })),
      { label: `${WORKERS}, without its sentences`, minified: Buffer.byteLength(silent), gzip: gzipped(silent) },
    ],
    bars: [{ figure: WORKERS, value: { median: gzip }, unit: 'bytes', bar: GOAL }],
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
