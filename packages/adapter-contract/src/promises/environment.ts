import supertest from 'supertest';
import { afterAll, describe, expect, test } from 'vitest';
import type { Note } from '../contract-app.ts';
import { KEYS, setEnvironment, USER, useScene } from '../scene.ts';
import type { AppSettings, StartApp } from '../settings.ts';

export function readsTheEnvironment(start: StartApp): void {
  describe('with its keys in the environment', () => {
    const scene = useScene(start, { prefix: '', parseBody: false, keys: 'from environment', environment: 'keys' });

    test.each(['/attached', '/mounted', '/mounted-alone', '/options'])('%s creates a session', async (path) => {
      expect((await scene.visit(path, { headers: { accept: 'text/html' } })).status).toBe(303);
      expect(scene.vendorSaw()).toEqual([{ apiKey: KEYS.apiKey, body: `{"uniqueIdentifier":"${USER}"}` }]);
    });
  });

  describe('with an empty environment', () => {
    afterAll(() => setEnvironment());

    test('faceVerify() says what to set or to write, when the app starts or is first asked', async () => {
      setEnvironment({});
      const nowhere = { ...KEYS, baseUrl: 'http://127.0.0.1:9' };
      const settings: AppSettings = {
        prefix: '',
        parseBody: false,
        keys: 'from environment',
        environment: {},
        vendor: nowhere,
        otherVendor: nowhere,
        vendorDown: nowhere,
        vendorSilent: nowhere,
      };
      expect(await complaintOf(start, settings)).toMatch(/FACEVERIFY_API_KEY.*\{ apiKey, secretKey \}/);
    });
  });
}

/** The message with which the app refuses to start, or answers its first visitor. */
async function complaintOf(start: StartApp, settings: AppSettings): Promise<string | undefined> {
  let app;
  try {
    app = await start(settings);
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
  await supertest(app.url).post('/attached').expect(500);
  const { text } = await supertest(app.url).get('/notes');
  await app.close();
  return (JSON.parse(text) as Note[])[0]?.message; // Safe: `takeNotes` of contract-app.ts gave it.
}
