import { once } from 'node:events';
import http, { type ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type TestContext, USER } from '../test-context.ts';
import { expectJson } from './expectations.ts';

/** @param noticed Whether the runtime tells the app of it. */
export function survivesLeaving(context: TestContext, noticed: boolean): void {
  describe('when a visitor leaves while the vendor is silent', () => {
    test('the next one is served, and nobody is told of a failure', async () => {
      const { visitor } = await visitSilence();
      visitor.destroy();
      expectJson(await context.visit('/session'), context);
      expect(await context.notes()).toEqual([]);
    });

    if (noticed) {
      test('the call to the vendor is given up', async () => {
        const { visitor, call } = await visitSilence();
        visitor.destroy();
        await once(call, 'close');
        expect(await context.notes()).toEqual([]);
      });
    }
  });

  /** A visitor who waits, and the call to the vendor on which the app waits. */
  async function visitSilence(): Promise<{ visitor: ClientRequest; call: Socket }> {
    const asked = context.silentVendor.nextRequest();
    const headers = { 'x-user': USER };
    const visitor = http.request(context.urlOf('/silent'), { method: 'POST', agent: false, headers });
    visitor.on('error', () => undefined); // The test itself hangs up.
    visitor.end();
    return { visitor, call: await asked };
  }
}
