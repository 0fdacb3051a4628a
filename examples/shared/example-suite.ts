import { inspect } from 'node:util';
import { createEmulator, type Emulator } from '@faceverify/emulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { send } from '../../test/support/send.ts';
import type { Running } from './serve.ts';

/** What each example must do, on its real server. `start` imports the server's script afresh. */
export function exampleSuite(framework: string, start: () => Promise<Running>): void {
  async function startWith(variables: Readonly<Record<string, string | undefined>>): Promise<Running> {
    vi.resetModules();
    const names = ['FACEVERIFY_API_KEY', 'FACEVERIFY_SECRET_KEY', 'FACEVERIFY_BASE_URL'];
    for (const name of names) vi.stubEnv(name, variables[name]);
    vi.stubEnv('PORT', '0');
    const printed = vi.spyOn(console, 'log').mockReturnValue();
    const running = await start();
    expect(printed.mock.calls, 'one address and little else').toEqual([[`\n  Open ${running.url}\n`]]);
    printed.mockRestore();
    return running;
  }

  describe(`${framework}, without keys`, () => {
    let running: Running;

    beforeAll(async () => {
      running = await startWith({});
    });

    afterAll(async () => {
      await running.stop();
      vi.unstubAllEnvs();
    });

    it('plays FaceVerify with an emulator of its own', async () => {
      const session = await postJson(running, 'ada');
      expect(session.status).toBe(200);
      const { url } = session.body;
      const hosted = await fetch(String(url));
      expect(hosted.status).toBe(200);
      expect(await hosted.text()).toContain('This is an emulator, not FaceVerify.');

      const page = await fetch(running.url);
      const { origin, host } = new URL(String(url));
      expect(await page.text()).toContain(host);
      const policy = page.headers.get('content-security-policy');
      expect(policy).toContain(`form-action 'self' ${origin};`);
      expect(policy).toContain(`frame-src ${origin};`);
      expect(page.headers.get('permissions-policy')).toBe(`camera=(self "${origin}")`);
    });
  });

  describe(`${framework}, with keys`, () => {
    let emulator: Emulator;
    let running: Running;
    let closeEmulator: () => Promise<void>;

    beforeAll(async () => {
      emulator = createEmulator({ clients: { 'key-of-the-account': 'secret-of-the-account' } });
      const { url, close } = await emulator.listen();
      closeEmulator = close;
      running = await startWith({
        FACEVERIFY_API_KEY: emulator.apiKey,
        FACEVERIFY_SECRET_KEY: emulator.secretKey,
        FACEVERIFY_BASE_URL: url,
      });
    });

    beforeEach(() => emulator.reset());

    afterEach(() => {
      vi.restoreAllMocks();
    });

    afterAll(async () => {
      await running.stop();
      await closeEmulator();
      vi.unstubAllEnvs();
    });

    const bodies = (): unknown[] => emulator.received.map(({ body }) => JSON.parse(body));

    it('serves the page and its files', async () => {
      const page = await fetch(running.url);
      expect(page.status).toBe(200);
      const html = await page.text();
      expect(html).toContain('Who are you?');
      expect(html).toContain(framework);
      const files = [...html.matchAll(/(?:href|src)="(\/\w+\.\w+)"/g)].map(([, path]) => path);
      expect(new Set(files)).toEqual(new Set(['/icon.svg', '/page.css', '/page.js']));
      for (const file of files) {
        const response = await fetch(`${running.url}${file}`);
        expect([file, response.status]).toEqual([file, 200]);
      }
      expect((await fetch(`${running.url}/nowhere`)).status).toBe(404);
    });

    it('signs in one of two people, and out again', async () => {
      const signIn = await post(running, '/sign-in/ben');
      expect(signIn.status).toBe(303);
      expect(signIn.headers.get('location')).toBe('/');
      const cookie = String(signIn.headers.get('set-cookie'));
      expect(cookie).toBe('demo_person=ben; Path=/; HttpOnly; SameSite=Lax');
      const page = await fetch(running.url, { headers: { cookie: 'demo_person=ben' } });
      expect(await page.text()).toMatch(/Signed in as<\/small>Ben Okafor/);

      const signOut = await post(running, '/sign-out', { cookie: 'demo_person=ben' });
      expect(signOut.headers.get('set-cookie')).toMatch(/^demo_person=; Max-Age=0;/);
      expect((await post(running, '/sign-in/eve')).status).toBe(404);
    });

    it('creates a session by JSON for the signed-in user, whatever the request says', async () => {
      const { status, body } = await postJson(running, 'ada', JSON.stringify({ uniqueIdentifier: 'ben' }));
      expect(status).toBe(200);
      expect(Object.keys(body)).toEqual(['sessionId', 'url']);
      expect(bodies()).toEqual([{ uniqueIdentifier: 'ada', country: 'US' }]);
      expect((await fetch(String(body['url']))).status).toBe(200);
    });

    it.each(['/face-verify/session', '/kyc'])('creates the same session by redirect at %s', async (path) => {
      const response = await post(running, path, { cookie: 'demo_person=ben', accept: 'text/html' });
      expect(response.status).toBe(303);
      expect(bodies()).toEqual([{ uniqueIdentifier: 'ben', country: 'GB' }]);
      const hosted = await fetch(String(response.headers.get('location')));
      expect(hosted.status).toBe(200);
    });

    it('creates no session for somebody who is not signed in', async () => {
      const { status, body } = await postJson(running, 'eve');
      expect([status, body['code']]).toEqual([401, 'unauthenticated']);
      const response = await post(running, '/kyc', { cookie: 'demo_person=eve' });
      expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
      expect(emulator.received).toEqual([]);
    });

    it.each(['/face-verify/session', '/kyc'])('creates no session for another site at %s', async (path) => {
      const headers = { cookie: 'demo_person=ada', origin: 'https://evil.example' };
      expect((await post(running, path, headers)).status).toBe(403);
      expect(emulator.received).toEqual([]);
    });

    it.each(['/face-verify/session', '/kyc'])('keeps the answer of %s private', async (path) => {
      const { headers } = await post(running, path, { cookie: 'demo_person=ada', accept: 'text/html' });
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    });

    it('answers a failure with a problem or with the page, and logs no secret', async () => {
      const logged = vi.spyOn(console, 'error').mockReturnValue();
      emulator.failFor('ada', { status: 401 });
      const { status, body } = await postJson(running, 'ada');
      expect([status, body['code']]).toEqual([500, 'unauthorized']);

      const response = await post(running, '/kyc', { cookie: 'demo_person=ada' });
      expect(response.status).toBe(502);
      expect(await response.text()).toMatch(/Verification could not be started\..*Reference <code>[\da-f-]{36}</s);
      expect(logged).toHaveBeenCalledTimes(2);
      expect(inspect(logged.mock.calls, { depth: 9, showHidden: true })).not.toContain('secret-of-the-account');
    });
  });
}

function post(
  { url }: Running,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Response> {
  return send(`${url}${path}`, { method: 'POST', headers, ...(body !== undefined && { body }) });
}

async function postJson(
  running: Running,
  person: string,
  body?: string,
): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> {
  const headers = { cookie: `demo_person=${person}`, accept: 'application/json', 'content-type': 'application/json' };
  const response = await post(running, '/face-verify/session', headers, body);
  // Safe: the route answers with a JSON object in every case.
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
