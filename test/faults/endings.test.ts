import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFaceVerify, type FaceVerify } from '@faceverify/core';
import { describe, expect, test, vi } from 'vitest';
import { FRAMEWORKS } from '../support/frameworks.ts';
import type { RunningApp } from '../support/serve.ts';
import type { Framework } from '../support/test-app.ts';
import { startApp } from './matrix/app.ts';
import { visit } from './matrix/visitor.ts';
import type { Behavior } from './server/fault.ts';
import { type RunningFault, startFault } from './server/fault-server.ts';
import { behaviorNamed } from './server/faults.ts';
import { API_KEY, SECRET_KEY } from './server/secrets.ts';

/* Calls that end because somebody on this side ends them: the visitor leaves, or the server shuts down. */

const PATIENCE: Behavior = {
  name: 'asks for patience',
  onRequest: ({ reply }) => reply(503, '', { 'retry-after': '1' }),
};

const WAIT = { timeout: 10_000, interval: 10 };

interface TestContext {
  readonly vendor: RunningFault;
  readonly client: FaceVerify;
  readonly app: RunningApp;
  /** Codes of what was reported. */
  readonly errors: readonly string[];
}

/** Runs a test against a vendor that behaves like `behavior`. */
async function against(
  behavior: Behavior,
  framework: Framework,
  run: (context: TestContext) => Promise<void>,
): Promise<void> {
  const errors: string[] = [];
  const vendor = await startFault(behavior);
  const client = createFaceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl: vendor.origin });
  const app = await startApp(framework, {
    client,
    identify: () => ({ uniqueIdentifier: 'user123' }),
    onError: ({ code }) => errors.push(code),
  });
  try {
    await run({ vendor, client, app, errors });
  } finally {
    await app.close();
    await client.close();
    await vendor.stop();
  }
}

/** A visitor who may leave at any time. */
function visitor({ app }: TestContext): net.Socket {
  const { hostname, port, host } = new URL(app.url);
  const socket = net.connect(Number(port), hostname);
  socket.write(`POST /mounted HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 0\r\n\r\n`);
  return socket;
}

describe.concurrent.each(FRAMEWORKS)('$name', (framework) => {
  test('a visitor who leaves takes the call along: nothing is repeated, nothing reported', () =>
    against(behaviorNamed('headers stall'), framework, async (context) => {
      const { vendor, errors } = context;
      const leaving = visitor(context);
      await vi.waitUntil(() => vendor.report().attempts === 1, WAIT);
      expect(vendor.report().openSockets).toBe(1);

      leaving.destroy();
      await vi.waitUntil(() => vendor.report().openSockets === 0, WAIT);
      await sleep(300); // Longer than the wait before a second attempt.
      expect(vendor.report().attempts).toBe(1);
      expect(errors).toEqual([]);
    }));

  test('a visitor who leaves during a wait is not waited for', () =>
    against(PATIENCE, framework, async (context) => {
      const { vendor, errors } = context;
      const leaving = visitor(context);
      await vi.waitUntil(() => vendor.report().attempts === 1, WAIT);
      await sleep(50);
      leaving.destroy();
      await sleep(1_300);
      expect(vendor.report().attempts).toBe(1);
      expect(errors).toEqual([]);
    }));

  test('a client that is closed finishes what is under way and refuses what is new', () =>
    against(behaviorNamed('well, but slow'), framework, async ({ vendor, client, app, errors }) => {
      const underway = visit(app.url, '/mounted');
      await vi.waitUntil(() => vendor.report().attempts === 1, WAIT);
      const closed = client.close();

      const refused = await visit(app.url, '/mounted');
      expect(refused.status).toBe(503);
      expect(JSON.parse(refused.body)).toMatchObject({ code: 'closed' });
      expect(errors).toEqual(['closed']);

      expect((await underway).status).toBe(200);
      await closed;
      expect(vendor.report().attempts).toBe(1);
      await vi.waitUntil(() => vendor.report().openSockets === 0, WAIT);
    }));
});
