import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator } from '@faceverify/emulator';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { snippetNamed } from '../../test/docs/documents.ts';
import { fencesOf } from '../../test/docs/markdown.ts';
import { read, ROOT } from '../../test/docs/repository.ts';
import { bundleWorker } from '../../test/support/bundle-worker.ts';

const PAGE = 'docs/rate-limits.md';

/** What the page puts into `wrangler.jsonc`. */
interface Configuration {
  readonly ratelimits: readonly { name: string; simple: { limit: number; period: 10 | 60 } }[];
}

const emulator = createEmulator();
let closeEmulator: () => Promise<void>;
let workerd: Miniflare;
let origin: string;

const json = fencesOf(PAGE, read(PAGE)).find(({ language }) => language === 'json');
// Safe: a fence of ours; a field that is missing fails the test.
const { ratelimits } = JSON.parse(json?.code ?? '') as Configuration;
const [{ simple } = { simple: { limit: NaN, period: 60 } }] = ratelimits;

beforeAll(async () => {
  const { url, close } = await emulator.listen();
  closeEmulator = close;
  const { path, code } = snippetNamed(PAGE, 'limit-workers');
  const worker = join(ROOT, path); // Where its fixture is found.
  writeFileSync(worker, `${code}\nexport default app;\n`);
  const script = await bundleWorker('workerd', worker).finally(() => rmSync(worker));
  workerd = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.js', contents: script }],
    compatibilityDate: '2025-10-01',
    cf: false,
    bindings: {
      FACEVERIFY_API_KEY: emulator.apiKey,
      FACEVERIFY_SECRET_KEY: emulator.secretKey,
      FACEVERIFY_BASE_URL: url,
    },
    ratelimits: Object.fromEntries(ratelimits.map(({ name, simple: limit }) => [name, { simple: limit }])),
  });
  ({ origin } = await workerd.ready);
});

afterAll(async () => {
  await workerd.dispose();
  await closeEmulator();
});

async function post(user: string): Promise<number> {
  const { status } = await fetch(`${origin}/face-verify/session`, { method: 'POST', headers: { 'x-user': user } });
  return status;
}

it('the rate limit of Workers lets a user ask as often as the binding says, and others still', async () => {
  const period = (): number => Math.floor(Date.now() / (simple.period * 1_000));
  let statuses: number[];
  let began: number;
  let round = 0;
  do {
    round++;
    began = period();
    statuses = [];
    for (let nth = 0; nth < simple.limit + 3; nth++) statuses.push(await post(`alice-${round}`));
  } while (period() !== began); // The count starts again with each period.
  const allowed = Array.from({ length: simple.limit }, () => 200);
  expect(statuses).toEqual([...allowed, 429, 429, 429]);
  expect(await post('bob')).toBe(200);
});
