// In a fresh process: node import-time.mjs MODULE [FRAMEWORK ...]
// How long MODULE takes to load once the frameworks are there.
const [module, ...frameworks] = process.argv.slice(2);

async function load(modules) {
  const { user, system } = process.cpuUsage();
  const began = performance.now();
  for (const each of modules) await import(each);
  const cpu = process.cpuUsage();
  return { ms: performance.now() - began, cpuMs: (cpu.user + cpu.system - user - system) / 1000 };
}

const beforehand = await load(frameworks);
// A framework leaves work for the background, which would count as the module's: without this wait, a module that does
// nothing takes up to 5 ms after Express.
await new Promise((resolve) => setTimeout(resolve, 20));
process.send({ frameworks: beforehand, imported: await load([module]) });
