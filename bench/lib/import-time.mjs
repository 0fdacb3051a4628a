// In a fresh process: node import-time.mjs ADAPTER FRAMEWORK ...
// How long the adapter takes to load once its framework is there.
const [adapter, ...frameworks] = process.argv.slice(2);

async function load(modules) {
  const { user, system } = process.cpuUsage();
  const began = performance.now();
  for (const module of modules) await import(module);
  const cpu = process.cpuUsage();
  return { ms: performance.now() - began, cpuMs: (cpu.user + cpu.system - user - system) / 1000 };
}

const framework = await load(frameworks);
// What the framework leaves to be done in the background is not the adapter's: without this wait, a module that does
// nothing takes up to 5 ms after Express.
await new Promise((resolve) => setTimeout(resolve, 20));
process.send({ framework, adapter: await load([adapter]) });
