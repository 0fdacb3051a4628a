// Recomputes signatures with the vendor's Python and PHP routines, packages/core/test/vectors/reference.*,
// and compares them with:
//   1. the committed ones, packages/core/test/vectors/signatures.json;
//   2. what the built core signs for random requests. Their URLs are meant to be awkward: the core
//      refuses those that the vendor's languages read differently, and must be right about the rest.
//
//   npm run vectors -- --random 100000 --seed 7
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROUTINES = [
  { language: 'Python', command: 'python3', file: 'reference.py', debianPackage: 'python3' },
  { language: 'PHP', command: 'php', file: 'reference.php', debianPackage: 'php-cli' },
];

const { values: options } = parseArgs({
  options: { random: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(options.random);
const seed = Number(options.seed);
if (!Number.isInteger(wanted) || wanted < 0 || !Number.isInteger(seed)) {
  fail('usage: npm run vectors -- [--random COUNT] [--seed NUMBER]');
}

const vectors = fileURLToPath(new URL('../packages/core/test/vectors/', import.meta.url));
const core = new URL('../packages/core/dist/node/index.js', import.meta.url);
if (!existsSync(core)) fail('The core is not built yet. Run: npm run build');
const { FaceVerifyError, signRequest } = await import(core.href);

const committed = JSON.parse(readFileSync(`${vectors}signatures.json`, 'utf8'));
const random = await signRandomRequests();
const withQuery = random.signed.filter(({ url }) => /\?./.test(url)).length;
if (wanted >= 100 && (random.refused === 0 || withQuery < wanted / 10)) {
  fail('The random URLs test nothing: none was refused, or hardly any accepted one has a query.');
}

let differences = 0;
for (const routine of ROUTINES) {
  const ofCommitted = await recompute(routine, committed);
  const ofRandom = await recompute(routine, random.signed);
  console.log(
    `${routine.language}: ${ofCommitted} of ${committed.length} committed signatures agree, ` +
      `${ofRandom} of ${random.signed.length} random ones (${withQuery} with a query)`,
  );
  differences += committed.length - ofCommitted + random.signed.length - ofRandom;
}
console.log(`The core refused ${random.refused} further random URLs; seed ${seed}.`);
process.exitCode = differences === 0 ? 0 : 1;

/** Random requests with the core's signatures, until as many as wanted were accepted. */
async function signRandomRequests() {
  const pick = randomSource(seed);
  const signed = [];
  let refused = 0;
  while (signed.length < wanted) {
    const request = randomRequest(pick);
    try {
      signed.push({ ...request, name: 'random', signature: (await signRequest(request)).signature });
    } catch (error) {
      if (!FaceVerifyError.is(error) || error.code !== 'invalid_params') throw error;
      refused++;
    }
  }
  return { signed, refused };
}

function randomRequest({ below, oneOf, text }) {
  const parts = [
    ...'abAZ09-._~!$&\'()*+,;=:@%/\\ "<>[]^`{|}?#',
    '%20',
    '%2F',
    '%c3%a9',
    '%C3%A9',
    '/../',
    '/./',
    '//',
    'é',
    '\t',
  ];
  const raw = (length) =>
    Array.from({ length: below(length) }, () => oneOf(below(4) === 0 ? parts : [...'abcXYZ019-_.'])).join('');
  const pairs = Array.from({ length: below(4) }, () => [text(6), text(6)]);
  const query = below(2) === 0 ? new URLSearchParams(pairs).toString() : raw(8);
  const host = oneOf([
    'start.faceverify.ai',
    'localhost:4400',
    '127.0.0.1:1',
    '[::1]:8080',
    'EXAMPLE.com',
    'example.com:0443',
    raw(6),
  ]);
  return {
    method: oneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: `${oneOf(['https', 'http'])}://${host}/${raw(8)}${query === '' ? '' : `?${query}`}`,
    contentType: oneOf(['application/json', 'application/json; charset=utf-8', 'text/plain']),
    apiKey: Array.from({ length: 1 + below(40) }, () => String.fromCharCode(0x21 + below(94))).join(''),
    secretKey: `s${text(80)}`,
    body: oneOf(['', JSON.stringify({ uniqueIdentifier: text(40) }), text(200)]),
  };
}

/** The same seed gives the same choices. */
function randomSource(start) {
  let state = start >>> 0;
  const below = (limit) => {
    // mulberry32, a small generator that is good enough for choosing test cases.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  const oneOf = (choices) => choices[below(choices.length)];
  /** Text of any characters but lone surrogates, which have no UTF-8. */
  const text = (length) => {
    const ranges = [
      [0x20, 0x7f],
      [0x00, 0x20],
      [0x80, 0x800],
      [0x2000, 0x2100],
      [0xe000, 0x10000],
      [0x10000, 0x110000],
    ];
    return Array.from({ length: below(length) }, () => {
      const [from, to] = ranges[below(2) === 0 ? 0 : below(ranges.length)];
      return String.fromCodePoint(from + below(to - from));
    }).join('');
  };
  return { below, oneOf, text };
}

/** How many of the requests get the same signature from a routine; prints the first that do not. */
async function recompute({ language, command, file, debianPackage }, requests) {
  const digests = await linesOf(command, [vectors + file], requests.map(asciiJson), language, debianPackage);
  const different = requests.filter(({ signature }, index) => digests[index] !== signature);
  for (const { name, url } of different.slice(0, 5)) {
    console.error(`${language} differs: ${name}, ${JSON.stringify(url)}`);
  }
  if (digests.length !== requests.length) {
    console.error(`${language} printed ${digests.length} lines for ${requests.length} requests.`);
    return 0;
  }
  return requests.length - different.length;
}

/** One line of ASCII, whatever the locale of the reader. */
function asciiJson(value) {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function linesOf(command, args, input, language, debianPackage) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    child.on('error', (error) => {
      if (error.code !== 'ENOENT') throw error;
      fail(`${language} is missing: there is no command ${command}. On Debian: apt-get install ${debianPackage}`);
    });
    child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    child.on('close', () => resolve(output.split('\n').filter((line) => line !== '')));
    child.stdin.on('error', () => undefined); // The command ended early: its output tells.
    child.stdin.end(input.map((line) => `${line}\n`).join(''));
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
