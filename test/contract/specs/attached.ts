import { describe, expect, test } from 'vitest';
import { KEYS, OTHER_KEYS, type TestContext, USER } from '../test-context.ts';
import { refusal } from './expectations.ts';

/** Routes of the app's own, and the client that `faceVerify()` gave them. */
const ROUTES: readonly { readonly path: string; readonly apiKey: string; readonly tenant?: 'other' }[] = [
  { path: '/attached', apiKey: KEYS.apiKey },
  { path: '/attached-other', apiKey: OTHER_KEYS.apiKey },
  { path: '/attached-made-client', apiKey: KEYS.apiKey },
  { path: '/attached-tenants', apiKey: KEYS.apiKey },
  { path: '/attached-tenants', apiKey: OTHER_KEYS.apiKey, tenant: 'other' },
  { path: '/attached-tenants-later', apiKey: OTHER_KEYS.apiKey, tenant: 'other' },
];

/** @param hasMiddleware Else the app makes its client itself, and no function can choose one for each request. */
export function attachesTheClient(context: TestContext, hasMiddleware: boolean): void {
  const routes = ROUTES.filter(({ path }) => hasMiddleware || !path.includes('tenants'));
  describe("a handler of the app's own", () => {
    test.each(routes)('at $path creates a session with $apiKey', async ({ path, apiKey, tenant = '' }) => {
      const answer = await context.visit(path, { headers: { 'x-tenant': tenant } });
      expect(answer).toMatchObject({ status: 303, headers: { location: context.vendor.sessions[0]?.url } });
      expect(context.vendorSaw()).toEqual([{ apiKey, body: `{"uniqueIdentifier":"${USER}"}` }]);
    });

    test('creates a session for nobody in particular', async () => {
      expect((await context.visit('/attached-anonymous')).status).toBe(303);
      expect(context.vendorSaw()).toEqual([{ apiKey: KEYS.apiKey, body: '{}' }]);
    });

    test("that fails leaves the answer to the framework, and the vendor's out of it", async () => {
      context.vendor.failNext(refusal(401));
      const answer = await context.visit('/attached');
      expect(answer.status).toBe(500);
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(answer.headers).not.toHaveProperty('x-of-the-vendor');
      expect(await context.notes()).toMatchObject([
        { toldTo: 'framework', name: 'FaceVerifyError', code: 'unauthorized' },
      ]);
    });

    test('learns that the vendor is down', async () => {
      expect((await context.visit('/attached-down')).status).toBe(500);
      expect(await context.notes()).toMatchObject([{ toldTo: 'framework', code: 'connection' }]);
    });

    if (hasMiddleware) {
      test('is not reached where the source of the client throws', async () => {
        expect((await context.visit('/attached-tenants-throw')).status).toBe(500);
        expect(await context.notes()).toMatchObject([{ toldTo: 'framework', isLoginDown: true }]);
        expect(context.vendorSaw()).toEqual([]);
      });
    }
  });
}
