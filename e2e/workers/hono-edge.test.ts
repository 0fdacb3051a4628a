import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmulator, type Emulator } from '@faceverify/emulator';
import { Miniflare } from 'miniflare';
import { parseConfigFileTextToJson } from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleWorker } from '../../test/support/bundle-worker.ts';
import { send } from '../../test/support/send.ts';

const FOLDER = fileURLToPath(new URL('../../examples/hono-edge/', import.meta.url));

/** What the example's `wrangler.jsonc` says. */
interface Configuration {
  readonly main: string;
  readonly tsconfig: string;
  readonly compatibility_date: string;
  readonly assets: { readonly directory: string };
}

describe('the Hono example in workerd', () => {
  let emulator: Emulator;
  let closeEmulator: () => Promise<void>;
  let workerd: Miniflare;
  let origin: string;

  beforeAll(async () => {
    emulator = createEmulator();
    const { url, close } = await emulator.listen();
    closeEmulator = close;
    const configuration = readConfiguration();
    const script = await bundleWorker('workerd', FOLDER + configuration.main, FOLDER + configuration.tsconfig);
    workerd = new Miniflare({
      modules: [{ type: 'ESModule', path: 'app.js', contents: script }],
      compatibilityDate: configuration.compatibility_date,
      bindings: {
        FACEVERIFY_API_KEY: emulator.apiKey,
        FACEVERIFY_SECRET_KEY: emulator.secretKey,
        FACEVERIFY_BASE_URL: url,
      },
      assets: {
        directory: resolve(FOLDER, configuration.assets.directory),
        routerConfig: { has_user_worker: true }, // What is no file reaches the app.
      },
      cf: false,
    });
    ({ origin } = await workerd.ready);
  });

  afterAll(async () => {
    await workerd.dispose();
    await closeEmulator();
  });

  it.each([
    ['/', 'text/html'],
    ['/page.css', 'text/css'],
    ['/page.js', 'text/javascript'],
    ['/icon.svg', 'image/svg+xml'],
  ])('serves %s', async (path, type) => {
    const response = await fetch(origin + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
  });

  it('signs in, and names the person on the page', async () => {
    const signIn = await fetch(`${origin}/sign-in/ada`, { method: 'POST', redirect: 'manual' });
    expect([signIn.status, signIn.headers.get('location')]).toEqual([303, '/']);
    const [cookie = ''] = String(signIn.headers.get('set-cookie')).split(';');
    const page = await fetch(origin, { headers: { cookie } });
    expect(await page.text()).toContain('Ada Moreno');
  });

  it('creates a session by JSON, and the vendor accepts its signature', async () => {
    const headers = { cookie: 'demo_person=ada', accept: 'application/json' };
    const response = await fetch(`${origin}/face-verify/session`, { method: 'POST', headers });
    expect(response.status).toBe(200);
    // Safe: the route's answer in the good case.
    const { url } = (await response.json()) as { url: string };
    expect((await fetch(url)).status).toBe(200);
    expect(emulator.received.at(-1)).toMatchObject({
      body: '{"country":"US","uniqueIdentifier":"ada"}',
      refusal: undefined,
    });
  });

  it.each(['/face-verify/session', '/kyc'])('creates a session by redirect at %s', async (path) => {
    const headers = { cookie: 'demo_person=ben', accept: 'text/html' };
    const response = await send(origin + path, { method: 'POST', headers });
    expect(response.status).toBe(303);
    expect(emulator.received.at(-1)).toMatchObject({ body: '{"country":"GB","uniqueIdentifier":"ben"}' });
    expect((await fetch(String(response.headers.get('location')))).status).toBe(200);
  });

  it('creates none where nobody is signed in', async () => {
    const response = await fetch(`${origin}/face-verify/session`, { method: 'POST' });
    expect(response.status).toBe(401);
  });

  it('answers with the page where a route fails', async () => {
    emulator.failFor('ada', { status: 500 });
    const headers = { cookie: 'demo_person=ada', accept: 'text/html' };
    const response = await fetch(`${origin}/kyc`, { method: 'POST', headers });
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('Verification could not be started');
  });
});

function readConfiguration(): Configuration {
  const path = `${FOLDER}wrangler.jsonc`;
  const { config, error } = parseConfigFileTextToJson(path, readFileSync(path, 'utf8'));
  expect(error).toBe(undefined);
  return config as Configuration; // Safe: a file of ours; a field that is missing fails the test.
}
