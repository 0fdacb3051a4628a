import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Emulator } from '@faceverify/emulator';

/** The folders of the examples, and what each page calls its framework. */
export const EXAMPLES = [
  { name: 'express-app', framework: 'Express' },
  { name: 'koa-app', framework: 'Koa' },
  { name: 'hono-edge', framework: 'Hono' },
  { name: 'fastify-app', framework: 'Fastify' },
] as const;

/** An example that runs as `npm start` runs it: built, in a process of its own. */
export interface Example {
  readonly url: string;
  /** Asks it to stop, as Ctrl-C does, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts an example on a free port. Without further variables it starts its own emulator. */
export async function startExample(name: string, variables: Readonly<Record<string, string>> = {}): Promise<Example> {
  const script = fileURLToPath(new URL(`../../examples/${name}/dist/server.js`, import.meta.url));
  const inherited = Object.entries(process.env).filter(([variable]) => !variable.startsWith('FACEVERIFY_'));
  const env = { ...Object.fromEntries(inherited), PORT: '0', ...variables };
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  const url = await Promise.race([printedUrl(child), exited.then(() => undefined)]);
  if (url === undefined) throw new Error(`${name} did not start: is it built?`);
  return {
    url,
    async stop() {
      child.kill('SIGINT');
      await exited;
      return child.exitCode;
    },
  };
}

/** The variables with which an example asks an emulator of the test's own. */
export function variablesFor({ apiKey, secretKey }: Emulator, url: string): Readonly<Record<string, string>> {
  return { FACEVERIFY_API_KEY: apiKey, FACEVERIFY_SECRET_KEY: secretKey, FACEVERIFY_BASE_URL: url };
}

async function printedUrl(child: ChildProcess): Promise<string | undefined> {
  let printed = '';
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    const [url] = /http:\/\/localhost:\d+/.exec(printed) ?? [];
    if (url !== undefined) return url;
  }
  return undefined;
}
