import { describe, expect, test } from 'vitest';
import { KEYS, OTHER_KEYS, type Scene, USER } from '../scene.ts';
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

export function attachesTheClient(scene: Scene): void {
  describe("a handler of the app's own", () => {
    test.each(ROUTES)('at $path creates a session with $apiKey', async ({ path, apiKey, tenant = '' }) => {
      const answer = await scene.visit(path, { headers: { 'x-tenant': tenant } });
      expect(answer).toMatchObject({ status: 303, headers: { location: scene.vendor.sessions[0]?.url } });
      expect(scene.vendorSaw()).toEqual([{ apiKey, body: `{"uniqueIdentifier":"${USER}"}` }]);
    });

    test('creates a session for nobody in particular', async () => {
      expect((await scene.visit('/attached-anonymous')).status).toBe(303);
      expect(scene.vendorSaw()).toEqual([{ apiKey: KEYS.apiKey, body: '{}' }]);
    });

    test("that fails leaves the answer to the framework, and the vendor's out of it", async () => {
      scene.vendor.failNext(refusal(401));
      const answer = await scene.visit('/attached');
      expect(answer.status).toBe(500);
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(answer.headers).not.toHaveProperty('x-of-the-vendor');
      expect(await scene.notes()).toMatchObject([
        { toldTo: 'framework', name: 'FaceVerifyError', code: 'unauthorized' },
      ]);
    });

    test('learns that the vendor is down', async () => {
      expect((await scene.visit('/attached-down')).status).toBe(500);
      expect(await scene.notes()).toMatchObject([{ toldTo: 'framework', code: 'connection' }]);
    });

    test('is not reached where the source of the client throws', async () => {
      expect((await scene.visit('/attached-tenants-throw')).status).toBe(500);
      expect(await scene.notes()).toMatchObject([{ toldTo: 'framework', isLoginDown: true }]);
      expect(scene.vendorSaw()).toEqual([]);
    });
  });
}
