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

process.send({ framework: await load(frameworks), adapter: await load([adapter]) });
