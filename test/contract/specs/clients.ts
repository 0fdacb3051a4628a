import { describe, expect, test } from 'vitest';
import { KEYS, OTHER_KEYS, type TestContext } from '../test-context.ts';
import { NO_TENANTS } from './clients.routes.ts';
import { expectJson, expectProblem } from './expectations.ts';

/** Which of the two clients a route calls the vendor with. */
const ROUTES: readonly {
  readonly which: string;
  readonly path: string;
  readonly apiKey: string;
  readonly tenant?: 'other';
}[] = [
  { which: 'that of the middleware before it', path: '/session', apiKey: KEYS.apiKey },
  { which: 'that of another middleware in the same app', path: '/other', apiKey: OTHER_KEYS.apiKey },
  { which: 'its own rather than that of the middleware', path: '/own-client', apiKey: OTHER_KEYS.apiKey },
  { which: 'one that was made before', path: '/made-client', apiKey: KEYS.apiKey },
  { which: 'that of the tenant, one of two', path: '/tenants', apiKey: KEYS.apiKey },
  { which: 'that of the tenant, the other', path: '/tenants', apiKey: OTHER_KEYS.apiKey, tenant: 'other' },
  { which: 'that of the tenant, found later', path: '/tenants-later', apiKey: OTHER_KEYS.apiKey, tenant: 'other' },
  {
    which: 'that of the tenant, found by the middleware',
    path: '/tenants-before',
    apiKey: OTHER_KEYS.apiKey,
    tenant: 'other',
  },
];

/** @param hasMiddleware Else there is no client but the route's own. */
export function findsItsClient(context: TestContext, hasMiddleware: boolean): void {
  describe('the ready route uses the client', () => {
    test.each(ROUTES)('$which ($path)', async ({ path, apiKey, tenant = '' }) => {
      expectJson(await context.visit(path, { headers: { 'x-tenant': tenant } }), context);
      expect(context.vendorSaw()).toMatchObject([{ apiKey }]);
    });

    test.each(Object.keys(NO_TENANTS))('of no account if its function gives %s', async (name) => {
      expectProblem(await context.visit(`/no-tenant-${name}`), 500, 'invalid_options');
      expect(await context.notes()).toMatchObject([{ toldTo: 'onError', code: 'invalid_options' }]);
      expect(context.vendorSaw()).toEqual([]);
    });

    test('that is missing: onError is told which variable to set, or which line to write', async () => {
      expectProblem(await context.visit('/no-keys'), 500, 'invalid_options');
      const notes = await context.notes();
      expect(notes).toMatchObject([{ toldTo: 'onError', code: 'invalid_options' }]);
      expect(notes[0]?.message).toMatch(/FACEVERIFY_API_KEY.*\{ apiKey, secretKey \}/);
    });

    if (hasMiddleware) {
      test('of no account if the function of the middleware gives none', async () => {
        expect((await context.visit('/no-tenant-mounted')).status).toBe(500);
        expect(await context.notes()).toMatchObject([{ toldTo: 'framework', code: 'invalid_options' }]);
        expect(context.vendorSaw()).toEqual([]);
      });

      test('that a middleware mounted, and refuses options without keys, which could be of another account', async () => {
        expectProblem(await context.visit('/keyless-over-mounted'), 500, 'invalid_options');
        expect((await context.notes())[0]?.message).toMatch(/^client has no keys/);
        expect(context.vendorSaw()).toEqual([]);
      });
    }
  });
}
