// In a process of its own: node profile.mjs CLIENT BASE_URL CALLS
// Where the CPU time of a warm client goes, 32 calls in flight: the share of each kind of code, by V8's CPU profiler.
import { Session } from 'node:inspector/promises';
import { BUILT_FILE } from './paths.mjs';

const [clientPath, baseUrl, calls] = process.argv.slice(2);
const { create } = await import(clientPath);
const call = await create({ baseUrl });
let sequence = 0;

async function run(count) {
  let left = count;
  const lane = async () => {
    while (left-- > 0) await call(sequence++);
  };
  await Promise.all(Array.from({ length: 32 }, lane));
}

/** By the function that was running: natives have a name and no file. */
const KINDS = [
  ['waiting for the next answer', ({ functionName }) => functionName === '(idle)'],
  ['garbage collector', ({ functionName }) => functionName === '(garbage collector)'],
  ['the system call that writes', ({ functionName, url }) => url === '' && functionName.startsWith('write')],
  ['HMAC', ({ functionName, url }) => url.includes('/crypto') || (url === '' && /hmac|digest/i.test(functionName))],
  ['this package', ({ url }) => BUILT_FILE.test(url)],
  ["Node's JavaScript: http or fetch, streams, timers", ({ url }) => url.startsWith('node:')],
  ['the bench', ({ url }) => url.includes('/bench/')],
  ['V8 and libuv, no function of JavaScript', () => true],
];

await run(Number(calls));
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: 200 });
await session.post('Profiler.start');
await run(Number(calls));
const { profile } = await session.post('Profiler.stop');

const kindOf = new Map(
  profile.nodes.map(({ id, callFrame }) => [id, KINDS.find(([, matches]) => matches(callFrame))[0]]),
);
const us = Object.fromEntries(KINDS.map(([kind]) => [kind, 0]));
for (const [at, id] of profile.samples.entries()) us[kindOf.get(id)] += profile.timeDeltas[at];
const [[idle], ...busy] = KINDS;
const whole = Object.values(us).reduce((sum, each) => sum + each, 0) - us[idle];
process.send(Object.fromEntries(busy.map(([kind]) => [kind, us[kind] / whole])));
