import { once } from 'node:events';
import http, { type ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { pipeline } from '../../support/pipeline.ts';
import type { Note } from '../contract-app.ts';
import { type TestContext, USER } from '../test-context.ts';
import { expectJson } from './expectations.ts';

export function survivesLeaving(context: TestContext): void {
  describe('when a visitor leaves while the vendor is silent', () => {
    test('the next one is served, and nobody is told of a failure', async () => {
      const { visitor } = await visitSilence();
      visitor.destroy();
      expectJson(await context.visit('/session'), context);
      expect(await context.notes()).toEqual([]);
    });

    test('the call to the vendor is given up', async () => {
      const { visitor, call } = await visitSilence();
      visitor.destroy();
      await expect.poll(() => call.destroyed, { timeout: 3_000 }).toBe(true);
      expect(ofFaceVerify(await context.notes())).toEqual([]);
    });

    test('the calls of 300 pipelined requests are given up, those that were never begun too', async () => {
      const warnings: Error[] = [];
      const onWarning = (warning: Error): void => void warnings.push(warning);
      process.on('warning', onWarning);
      const visitor = await pipeline(context.urlOf('/silent'), 300, { 'x-user': USER });
      try {
        await expect.poll(() => context.silentVendor.waiting(), { timeout: 3_000 }).toBe(300);
      } finally {
        visitor.destroy();
      }
      await expect.poll(() => context.silentVendor.waiting(), { timeout: 1_000 }).toBe(0);
      expect(ofFaceVerify(await context.notes())).toEqual([]);
      process.off('warning', onWarning);
      expect(warnings).toEqual([]);
    });

    test('requests on a kept connection leave no listener on it', async () => {
      const warnings: Error[] = []; // Node warns of more than ten listeners.
      const onWarning = (warning: Error): void => void warnings.push(warning);
      process.on('warning', onWarning);
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      const sockets = new Set<unknown>();
      for (let n = 0; n < 12; n++) {
        const visitor = http.request(context.urlOf('/session'), {
          method: 'POST',
          agent,
          headers: { 'x-user': USER },
        });
        visitor.end();
        const [answer] = (await once(visitor, 'response')) as [http.IncomingMessage]; // Safe: of this event.
        expect(answer.statusCode).toBe(200);
        sockets.add(visitor.socket);
        await once(answer.resume(), 'end');
      }
      expect(sockets.size).toBe(1);
      agent.destroy();
      process.off('warning', onWarning);
      expect(warnings).toEqual([]);
    });
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

/** Without what the framework itself notes of a visitor who leaves. */
function ofFaceVerify(notes: readonly Note[]): readonly Note[] {
  return notes.filter(({ toldTo, name }) => toldTo === 'onError' || name === 'FaceVerifyError');
}
