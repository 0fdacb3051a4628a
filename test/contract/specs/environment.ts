import supertest from 'supertest';
import { afterAll, describe, expect, test } from 'vitest';
import { closedPort } from '../../support/unreachable-host.ts';
import type { Note } from '../contract-app.ts';
import { KEYS, setEnvironment, USER, useTestContext } from '../test-context.ts';
import type { AppSettings, StartApp } from '../settings.ts';
import { expectProblem } from './expectations.ts';

export function readsTheEnvironment(start: StartApp): void {
  describe('with its keys in the environment', () => {
    const context = useTestContext(start, {
      prefix: '',
      parseBody: false,
      keys: 'from environment',
      environment: 'keys',
    });

    test.each(['/attached', '/mounted', '/mounted-alone', '/options'])('%s creates a session', async (path) => {
      expect((await context.visit(path, { headers: { accept: 'text/html' } })).status).toBe(303);
      expect(context.vendorSaw()).toEqual([{ apiKey: KEYS.apiKey, body: `{"uniqueIdentifier":"${USER}"}` }]);
    });
  });

  describe('with its keys in the environment, routes', () => {
    const context = useTestContext(start, {
      prefix: '',
      parseBody: false,
      keys: 'from environment',
      environment: 'keys',
    });

    test.each([
      ['/attempts-1', 1],
      ['/attempts-2', 2],
      ['/own-attempts-2', 2],
      ['/own-attempts-1', 1],
    ])('%s has options of its own: %d attempts', async (path, attempts) => {
      context.vendor.failNext({ status: 503 });
      context.vendor.failNext({ status: 503 });
      expectProblem(await context.visit(path), 503, 'unavailable');
      expect(context.vendor.received).toHaveLength(attempts);
      await context.notes();
    });

    test('whose function gives no keys do not get those of the environment', async () => {
      expectProblem(await context.visit('/no-tenant'), 500, 'invalid_options');
      expect(context.vendorSaw()).toEqual([]);
      await context.notes();
    });
  });

  describe('with an empty environment', () => {
    afterAll(() => setEnvironment());

    test('faceVerify() says what to set or to write, when the app starts or is first asked', async () => {
      setEnvironment({});
      const closed = await closedPort();
      const nobody = { ...KEYS, baseUrl: closed.origin };
      const settings: AppSettings = {
        prefix: '',
        parseBody: false,
        keys: 'from environment',
        environment: {},
        vendor: nobody,
        otherVendor: nobody,
        vendorDown: nobody,
        vendorSilent: nobody,
      };
      expect(await complaintOf(start, settings)).toMatch(/FACEVERIFY_API_KEY.*\{ apiKey, secretKey \}/);
      await closed.close();
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
