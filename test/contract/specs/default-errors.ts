import { describe, expect, test } from 'vitest';
import type { StartApp } from '../settings.ts';
import { useTestContext } from '../test-context.ts';
import { refusal } from './expectations.ts';

/**
 * Some frameworks show visitors the message of an error, or its stack, and print it too: `visit` and `printed` search
 * both for everything secret, and for the vendor's text.
 */
export function leavesErrorsToTheFramework(start: StartApp): void {
  describe('with the error handling that the framework has by default', () => {
    const context = useTestContext(start, { prefix: '', parseBody: false, keys: 'given', errorHandling: 'default' });

    test.each(['/pass-errors', '/attached'])('%s shows nothing of what the vendor said', async (path) => {
      context.vendor.failNext(refusal(401, { 'www-authenticate': 'Basic' }));
      const answer = await context.visit(path);
      expect(answer.status).toBe(500);
      for (const name of ['set-cookie', 'x-of-the-vendor', 'www-authenticate', 'location']) {
        expect(answer.headers).not.toHaveProperty(name);
      }
    });

    test.each(['/attached-down', '/no-tenant-mounted', '/throws'])('%s is answered', async (path) => {
      expect((await context.visit(path)).status).toBe(500);
    });
  });
}
