import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { versionOf } from '../test/contract/pairs.ts';
import type { AppSettings } from '../test/contract/settings.ts';
import type { RunningApp } from '../test/support/serve.ts';

/** An app in a process of its own. */
type OtherProcess = Required<RunningApp>;

/** Without its own tsconfig.json, Bun follows the paths of the root's to the sources, and tries no built package. */
export const BUN = ['runtimes/node_modules/.bin/bun', '--tsconfig-override=runtimes/tsconfig.bun.json'] as const;
export const BUN_VERSION = { runtime: 'Bun', runtimeVersion: versionOf('bun', 'runtimes') } as const;

export const DENO = [
  'runtimes/node_modules/.bin/deno',
  'run',
  '--quiet',
  '--allow-net',
  '--allow-env',
  '--allow-read',
  '--allow-sys=hostname', // Fastify's logger writes it.
] as const;
export const DENO_VERSION = { runtime: 'Deno', runtimeVersion: versionOf('deno', 'runtimes') } as const;

/** Starts a server in a process of its own, which prints its origin when it listens. */
export async function startProcess(
  [command, ...args]: readonly [string, ...string[]],
  settings: AppSettings,
): Promise<OtherProcess> {
  const others = Object.entries(process.env).filter(([variable]) => !variable.startsWith('FACEVERIFY_'));
  // The contract leaves 300 calls waiting; Bun sends 256 at a time by default.
  const forBun = { BUN_CONFIG_MAX_HTTP_REQUESTS: '512' };
  const env = { ...Object.fromEntries(others), ...forBun, ...settings.environment };
  const child = spawn(command, [...args, JSON.stringify(settings)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  const ended = once(child, 'close');
  // Safe: with an encoding, the only argument of this event is text.
  const listening = once(child.stdout.setEncoding('utf8'), 'data') as Promise<[string]>;
  const first = await Promise.race([listening, ended.then(() => undefined)]);
  if (first === undefined) throw new Error(written);
  return {
    url: first[0].trim(),
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
    written: () => written,
  };
}
