// Runs the calls of one module in a process of their own: node worker.mjs MODULE BASE_URL
// MODULE exports create({ baseUrl }), which gives a call, or calls by name. The parent sends { id, calls, inFlight, mode };
// the answer has the CPU time of this whole process (garbage collection and threads included) and the wall time.
import { UNCOUNTED } from './rounds.mjs';

const [modulePath, baseUrl] = process.argv.slice(2);
const { create } = await import(modulePath);
const created = await create({ baseUrl });
const callsById = typeof created === 'function' ? { default: created } : created;
let sequence = 0;

function cpuUs() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Keeps `inFlight` calls under way until `calls` are done. */
async function runInLanes(call, calls, inFlight) {
  let left = calls;
  const lane = async () => {
    while (left-- > 0) {
      const result = call(sequence++);
      if (result instanceof Promise) await result; // What is synchronous is not made to wait.
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, calls) }, lane));
}

/**
 * Measures `calls`. UNCOUNTED times `inFlight` calls go before: a client that waited longer than it keeps idle connections
 * opens them again there, undici two for each call in flight.
 */
async function runWarm(call, calls, inFlight) {
  await runInLanes(call, UNCOUNTED * inFlight, inFlight);
  const cpu = cpuUs();
  const began = performance.now();
  await runInLanes(call, calls, inFlight);
  return { cpuUs: (cpuUs() - cpu) / calls, wallMs: performance.now() - began, calls };
}

/** A single call, whatever state its connections are in. */
async function runOne(call) {
  const cpu = cpuUs();
  const began = performance.now();
  await call(sequence++);
  return { cpuUs: cpuUs() - cpu, ms: performance.now() - began };
}

/**
 * Measures `calls` with `inFlight` of them always under way, once each lane has had one answer: opening the
 * connections is measured separately.
 */
async function runSettled(call, calls, inFlight) {
  const state = { stopped: false };
  let done = 0;
  let settled = () => {};
  let measured = () => {};
  const allSettled = new Promise((resolve) => (settled = resolve));
  const allMeasured = new Promise((resolve) => (measured = resolve));
  let waiting = inFlight;
  const openCpu = cpuUs();
  const lanes = Array.from({ length: inFlight }, async () => {
    await call(sequence++);
    if (--waiting === 0) settled();
    while (!state.stopped) {
      await call(sequence++);
      if (waiting === 0 && ++done === calls) measured();
    }
  });
  const finished = Promise.all(lanes); // Rejects as soon as one call fails.
  await Promise.race([allSettled, finished]);
  const opening = (cpuUs() - openCpu) / inFlight;
  const cpu = cpuUs();
  const began = performance.now();
  await Promise.race([allMeasured, finished]);
  const result = { cpuUs: (cpuUs() - cpu) / calls, wallMs: performance.now() - began, calls, openingUs: opening };
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  state.stopped = true;
  await finished;
  return { ...result, heapUsed, rss };
}

const MODES = { warm: runWarm, one: runOne, settled: runSettled };

process.on('message', async ({ id = 'default', calls, inFlight, mode = 'warm' }) => {
  try {
    process.send(await MODES[mode](callsById[id], calls, inFlight));
  } catch (error) {
    process.send({ error: `${error?.stack ?? error} ${error?.cause ?? ''}` });
  }
});
process.on('disconnect', () => process.exit());
globalThis.gc?.();
process.send({ ready: true, heapUsed: process.memoryUsage().heapUsed });
