// One client with one fault, in a process of its own: node call.mjs PEER ORIGIN TIMEOUT_MS WARM_UPS CALLS
import { create } from './peers.mjs';

const [peer, origin, timeoutMs, warmUps, calls] = process.argv.slice(2);
const call = await create(peer, origin, Number(timeoutMs));
for (let n = 0; n < Number(warmUps); n++) {
  await call(n);
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
}

const AT_ONCE = 20;
const before = process.memoryUsage.rss();
let most = before;
const look = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
  process.send({ grownMb: Math.round((most - before) / 1e6) });
}, 20);

/** How a call failed, without text that could quote the request. */
function nameOf(error) {
  const code = error.code ?? error.cause?.code ?? error.status;
  return `${error.constructor.name}${code === undefined ? '' : ` ${code}`}`;
}

process.send({ began: true });
const began = performance.now();
const outcomes = new Map();
let left = Number(calls);
await Promise.all(
  Array.from({ length: Math.min(AT_ONCE, left) }, async () => {
    while (left > 0) {
      left--;
      const outcome = await call(left).then((session) => describe(session), nameOf);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  }),
);
clearInterval(look);
most = Math.max(most, process.memoryUsage.rss());
const gave = [...outcomes].map(([outcome, times]) => (times === 1 ? outcome : `${times} x ${outcome}`)).join(', ');
const after = `${((performance.now() - began) / 1_000).toFixed(2)} s`;
process.send({ gave, after, grownMb: Math.round((most - before) / 1e6) });

function describe(session) {
  const url = session?.url;
  if (typeof url !== 'string' || !URL.canParse(url)) return 'a success WITHOUT A URL';
  return new URL(url).host === new URL(origin).host ? 'a session' : 'a session on ANOTHER HOST';
}
