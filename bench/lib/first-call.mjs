// In a fresh process: node first-call.mjs CLIENT BASE_URL
// From nothing loaded to the first answer, and how much of it is loading.
const [clientPath, baseUrl] = process.argv.slice(2);
const before = process.cpuUsage();
const began = performance.now();
const { create } = await import(clientPath);
const call = await create({ baseUrl });
const loaded = performance.now();
await call(0);
const { user, system } = process.cpuUsage(before);
process.send({ loadingMs: loaded - began, ms: performance.now() - began, cpuUs: user + system });
