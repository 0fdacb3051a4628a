// What other clients do when the vendor fails: `npm run faults:peers`.
// Every client has 1.5 s for a call and its defaults otherwise. Each case runs in a process of its own, so that its
// memory can be measured and it can be ended; the fault server is another process.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FAULT_SERVER } from './lib/paths.mjs';
import { align } from './lib/table.mjs';

const TIMEOUT_MS = 1_500;
/** A client that has not answered by then is ended. */
const CAP_MS = 10_000;

const PEERS = ['faceverify', 'faceverify-fetch', 'snippet', 'stripe', 'openai', 'ky'];
const NAMES = {
  faceverify: '@faceverify/core',
  'faceverify-fetch': '@faceverify/core, fetch',
  snippet: "vendor's snippet, fetch",
  stripe: 'stripe',
  openai: 'openai',
  ky: 'ky',
};

/** One table each: the fault, and the columns of its table. */
const FAULTS = [
  { fault: '200, a good session', shows: [] },
  { fault: 'connect hangs (full backlog)', shows: [] },
  { fault: 'headers stall', shows: ['sends'] },
  { fault: 'body stalls', shows: ['sends'] },
  { fault: 'body dripped without end', shows: ['sends'] },
  { fault: 'redirect 307 to another host', shows: ['sends', 'signatures elsewhere'] },
  { fault: '200, a body of 300 MB', shows: ['sends', 'memory'] },
  { fault: '200, gzip bomb of 320 MB', shows: ['sends', 'memory'] },
  { fault: 'kept connection: reset as the next request comes', shows: ['sends'], warmUps: 1 },
  { fault: 'status 401', shows: ['sends'] },
  { fault: '429, Retry-After 2 minutes', shows: ['sends'] },
  { fault: "200, success 'true'", shows: ['sends'] },
  { fault: 'url: another host', shows: ['sends'] },
  { fault: 'full outage', shows: ['sends per call'], calls: 200, capMs: 90_000 },
];

const SHOW = {
  sends: ({ attempts }) => String(attempts ?? '?'),
  'sends per call': ({ attempts, calls }) => (attempts / calls).toFixed(2),
  'signatures elsewhere': ({ strayedSignatures }) => String(strayedSignatures),
  memory: ({ grownMb }) => (grownMb === undefined ? '?' : `+${grownMb} MB`),
};

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const servers = spawn(process.execPath, [FAULT_SERVER], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const [port] = await once(createInterface(servers.stdout), 'line');

async function control(verb, subject) {
  const response = await fetch(`http://127.0.0.1:${port}/${verb}?${new URLSearchParams({ of: subject })}`);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** One client with one fault. */
async function measure(peer, { fault, warmUps = 0, calls = 1, capMs = CAP_MS }) {
  const { id, origin } = await control('start', fault);
  const child = fork(path('./faults-peers/call.mjs'), [peer, origin, TIMEOUT_MS, warmUps, calls], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let grownMb;
  const ending = await new Promise((resolve, reject) => {
    let cap;
    child.on('message', (message) => {
      if (message.began) cap = setTimeout(resolve, capMs, { gave: 'NOTHING', after: `> ${capMs / 1_000} s` });
      if (message.grownMb !== undefined) grownMb = message.grownMb;
      if (message.gave === undefined) return;
      clearTimeout(cap);
      resolve(message);
    });
    child.once('exit', (code) => reject(new Error(`${peer} with "${fault}": the process ended with ${code}`)));
  });
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  const { attempts, strayedSignatures } = await control('report', id);
  await control('stop', id);
  return { ...ending, attempts, strayedSignatures, calls, grownMb };
}

console.log(`Every client has ${TIMEOUT_MS / 1_000} s for a call; it is ended after ${CAP_MS / 1_000} s.`);
for (const testCase of FAULTS) {
  const many = testCase.calls === undefined ? '' : `, ${testCase.calls} calls`;
  console.log(`\n${testCase.fault}${many}`);
  const lines = [['', 'gave', 'after', ...testCase.shows]];
  for (const peer of PEERS) {
    const result = await measure(peer, testCase);
    lines.push([NAMES[peer], result.gave, result.after, ...testCase.shows.map((name) => SHOW[name](result))]);
  }
  for (const line of align(lines)) console.log(line);
}
servers.kill();
