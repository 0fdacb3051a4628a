// In a fresh process: node first-call.mjs CLIENT BASE_URL
// From nothing loaded to the first answer, and what the second call takes once there is a connection.
const [clientPath, baseUrl] = process.argv.slice(2);
const began = performance.now();
const { create } = await import(clientPath);
const call = await create({ baseUrl });
const loaded = performance.now();
await call(0);
const first = performance.now();
await call(1);
process.send({ load: loaded - began, first: first - loaded, second: performance.now() - first, total: first - began });
