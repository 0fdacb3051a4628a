// One contestant, or several that take turns, in a process of their own:
//   node worker.mjs MODULE BASE_URL
// MODULE exports create({ baseUrl }), which gives a call, or calls by name. The parent asks { id, calls, inFlight };
// the answer has the CPU time of this whole process (garbage collection and threads included) and the wall time.
const [modulePath, baseUrl] = process.argv.slice(2);
const { create } = await import(modulePath);
const created = await create({ baseUrl });
const contestants = typeof created === 'function' ? { default: created } : created;
let sequence = 0;

function cpuUs() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * Keeps `inFlight` calls under way until `calls` are done. As many go before, uncounted: whoever waited longer for a turn
 * than it keeps idle connections has to open them again.
 */
async function run(call, calls, inFlight) {
  await Promise.all(Array.from({ length: inFlight }, () => call(sequence++)));
  const cpu = cpuUs();
  const began = performance.now();
  let left = calls;
  const lane = async () => {
    while (left-- > 0) {
      const result = call(sequence++);
      if (result instanceof Promise) await result; // What is synchronous is not made to wait.
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, calls) }, lane));
  return { cpuUs: (cpuUs() - cpu) / calls, wallMs: performance.now() - began, calls };
}

/**
 * The same once work has settled: every lane has had one answer, so that opening the connections is not counted
 * but told apart. `calls` are measured then, with `inFlight` of them always under way.
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

process.on('message', async ({ id = 'default', calls, inFlight, settled = false }) => {
  try {
    process.send(await (settled ? runSettled : run)(contestants[id], calls, inFlight));
  } catch (error) {
    process.send({ error: `${error?.stack ?? error} ${error?.cause ?? ''}` });
  }
});
process.on('disconnect', () => process.exit());
globalThis.gc?.();
process.send({ ready: true, heapUsed: process.memoryUsage().heapUsed });
