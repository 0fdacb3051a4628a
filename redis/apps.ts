import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fencesOf, quoted, tableOf } from '../test/docs/markdown.ts';
import { read, ROOT } from '../test/docs/repository.ts';

const PAGE = 'docs/rate-limits.md';
const APPS = fileURLToPath(new URL('apps/', import.meta.url));
const WRITTEN = fileURLToPath(new URL('artifacts/', import.meta.url));

/** What a limiter does without Redis. */
export type Failing = 'closed' | 'open';

/** Writes each framework's app twice, from redis/apps and the fences of the page, and compiles them all. */
export function writeApps(frameworks: readonly string[]): void {
  rmSync(WRITTEN, { recursive: true, force: true });
  const text = read(PAGE);
  const files = new Map(fencesOf(PAGE, text).map(({ target, code }) => [target, code]));
  const fileOf = (target: string): string => {
    const code = files.get(target);
    if (code === undefined) throw new Error(`${PAGE} has no fence for ${target}`);
    return code;
  };
  const options = tableOf(text, 'When Redis is away', '');
  for (const framework of frameworks) {
    const row = options.find(({ '': title }) => title?.toLowerCase() === framework);
    const [option = ''] = quoted(row?.['add to fail open'] ?? '');
    const limiter = fileOf(`${framework}/limiter.ts`);
    const open = limiter.replace(/(?:limit|max): 5,/, `$& ${option},`);
    if (option === '' || open === limiter) throw new Error(`${PAGE} does not say how ${framework} fails open`);
    for (const [failing, code] of Object.entries({ closed: limiter, open })) {
      const folder = join(WRITTEN, `${framework}-${failing}`);
      mkdirSync(folder, { recursive: true });
      cpSync(join(APPS, framework), folder, { recursive: true });
      cpSync(join(APPS, 'listen.ts'), join(folder, 'listen.ts'));
      writeFileSync(join(folder, 'redis.ts'), fileOf('redis.ts'));
      writeFileSync(join(folder, 'limiter.ts'), code);
    }
  }
  cpSync(join(APPS, 'tsconfig.json'), join(WRITTEN, 'tsconfig.json'));
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', WRITTEN], { stdio: 'inherit' });
}

/** A process of an app. */
export interface Instance {
  readonly url: string;
  stop(): void;
}

/** Starts an instance. Rejects with what it printed if it ends before it listens. */
export async function startInstance(
  framework: string,
  failing: Failing,
  env: Readonly<Record<string, string>>,
): Promise<Instance> {
  const server = join(WRITTEN, `${framework}-${failing}`, 'server.js');
  const child = spawn(process.execPath, [server], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`${framework} ended with ${code}: ${printed}`);
  });
  const listening = once(createInterface(child.stdout), 'line').then(([port]) => `http://127.0.0.1:${port}`);
  ended.catch(() => undefined); // It also ends when it is stopped.
  return { url: await Promise.race([listening, ended]), stop: () => child.kill('SIGKILL') };
}
