// In a fresh process: node import-time.mjs ADAPTER FRAMEWORK ...
// How long the adapter takes to load once its framework is there.
const [adapter, ...frameworks] = process.argv.slice(2);
const began = performance.now();
for (const framework of frameworks) await import(framework);
const between = performance.now();
await import(adapter);
process.send({ framework: between - began, adapter: performance.now() - between });
