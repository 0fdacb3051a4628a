// Serves a bundled Worker in the edge runtime of Vercel and Next.js: serve-edge.mjs SCRIPT SETTINGS
// The last argument is JSON. Prints the origin when it listens.
import { readFileSync } from 'node:fs';
import { EdgeRuntime, runServer } from 'edge-runtime';

const [script, settings] = process.argv.slice(2);
const SETTINGS = JSON.parse(settings);
const runtime = new EdgeRuntime({
  // As Next.js has it: the variables of the process, and nothing else of it.
  extend: (context) =>
    Object.assign(context, { bindings: { env: { SETTINGS } }, process: { env: SETTINGS.environment } }),
  initialCode: `${readFileSync(script, 'utf8')}
    addEventListener('fetch', (event) => event.respondWith(worker.fetch(event.request)));`,
});
const { url } = await runServer({ runtime, host: '127.0.0.1', port: 0 });
console.log(new URL(url).origin);
