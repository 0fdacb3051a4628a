// Serves the contract app of one adapter, on Bun or Deno: serve.ts FOLDER FRAMEWORK SETTINGS
// The last argument is JSON. Prints the origin when it listens. Runs as it is, so that the runtime itself finds the
// packages, as they are built.
import { contractApp } from '../test/contract/contract-app.ts';
import type { AppSettings } from '../test/contract/settings.ts';
import { serve } from '../test/support/serve.ts';
import type { Fetch, Framework } from '../test/support/test-app.ts';

/** The servers of the web standards that the two runtimes have. */
interface Runtime {
  readonly Bun?: {
    serve(options: { hostname: string; port: number; fetch: Fetch }): { readonly port: number };
  };
  readonly Deno?: {
    serve(options: { hostname: string; port: number; onListen: () => void }, fetch: Fetch): { addr: { port: number } };
  };
}

const [folder = '', name = '', json = ''] = process.argv.slice(2);
const app = contractApp(JSON.parse(json) as AppSettings); // Safe: start.ts wrote it.
// Safe: the type check of each adapter's folder says so.
const { FRAMEWORKS } = (await import(`../packages/${folder}/test/frameworks.ts`)) as {
  FRAMEWORKS: readonly Framework[];
};
const framework = FRAMEWORKS.find((each) => each.name === name);
if (framework === undefined) throw new Error(`${folder}/test/frameworks.ts holds no ${name}.`);
console.log(await start(framework));

/** What speaks the web standards runs on the server of the runtime itself, the rest on its node:http. */
async function start({ fetchOf, listenerOf }: Framework): Promise<string> {
  if (fetchOf === undefined) return (await serve(await listenerOf(app))).url;
  const { Bun, Deno } = globalThis as Runtime;
  const options = { hostname: '127.0.0.1', port: 0 };
  const fetch = fetchOf(app);
  const port = Bun?.serve({ ...options, fetch }).port ?? Deno?.serve({ ...options, onListen() {} }, fetch).addr.port;
  return `http://127.0.0.1:${port}`;
}
