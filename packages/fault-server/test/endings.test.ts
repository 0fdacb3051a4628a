import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFaceVerify, type FaceVerify } from '@faceverify/core';
import { describe, expect, test, vi } from 'vitest';
import { APPS, type RunningApp } from '../matrix/apps.ts';
import { visit } from '../matrix/visitor.ts';
import type { Scenario } from '../src/fault.ts';
import { type RunningFault, startFault } from '../src/fault-server.ts';
import { scenarioNamed } from '../src/faults.ts';
import { API_KEY, SECRET_KEY } from '../src/taints.ts';

/* Calls that end because somebody on this side ends them: the visitor leaves, or the server shuts down. */

const PATIENCE: Scenario = {
  name: 'asks for patience',
  onRequest: ({ reply }) => reply(503, '', { 'retry-after': '1' }),
};

const WAIT = { timeout: 10_000, interval: 10 };

interface Scene {
  readonly vendor: RunningFault;
  readonly client: FaceVerify;
  readonly app: RunningApp;
  /** Codes of what was reported. */
  readonly errors: readonly string[];
}

/** Plays one test before a vendor that behaves like `scenario`. */
async function before(name: string, scenario: Scenario, play: (scene: Scene) => Promise<void>): Promise<void> {
  const errors: string[] = [];
  const vendor = await startFault(scenario);
  const client = createFaceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl: vendor.origin });
  const app = await APPS[name]?.({
    client,
    identify: () => ({ uniqueIdentifier: 'user123' }),
    onError: ({ code }) => errors.push(code),
  });
  if (app === undefined) throw new Error(`There is no app named ${name}.`);
  try {
    await play({ vendor, client, app, errors });
  } finally {
    await app.close();
    await client.close();
    await vendor.stop();
  }
}

/** A visitor who may leave at any time. */
function visitor({ app }: Scene): net.Socket {
  const socket = net.connect(app.port, '127.0.0.1');
  socket.write(`POST /mounted HTTP/1.1\r\nhost: 127.0.0.1:${app.port}\r\ncontent-length: 0\r\n\r\n`);
  return socket;
}

describe.concurrent.each(Object.keys(APPS))('%s', (name) => {
  test('a visitor who leaves takes the call along: nothing is repeated, nothing reported', () =>
    before(name, scenarioNamed('headers stall'), async (scene) => {
      const { vendor, errors } = scene;
      const leaving = visitor(scene);
      await vi.waitUntil(() => vendor.report().attempts === 1, WAIT);
      expect(vendor.report().openSockets).toBe(1);

      leaving.destroy();
      await vi.waitUntil(() => vendor.report().openSockets === 0, WAIT);
      await sleep(300); // Longer than the wait before a second attempt.
      expect(vendor.report().attempts).toBe(1);
      expect(errors).toEqual([]);
    }));

  test('a visitor who leaves during a wait is not waited for', () =>
    before(name, PATIENCE, async (scene) => {
      const { vendor, errors } = scene;
      const leaving = visitor(scene);
      await vi.waitUntil(() => vendor.report().attempts === 1, WAIT);
      await sleep(50);
      leaving.destroy();
      await sleep(1_300);
      expect(vendor.report().attempts).toBe(1);
      expect(errors).toEqual([]);
    }));

  test('a client that is closed finishes what is under way and refuses what is new', () =>
    before(name, scenarioNamed('well, but slow'), async ({ vendor, client, app, errors }) => {
      const underway = visit(app.port, '/mounted');
      await vi.waitUntil(() => vendor.report().attempts === 1, WAIT);
      const closed = client.close();

      const refused = await visit(app.port, '/mounted');
      expect(refused.status).toBe(503);
      expect(JSON.parse(refused.body)).toMatchObject({ code: 'closed' });
      expect(errors).toEqual(['closed']);

      expect((await underway).status).toBe(200);
      await closed;
      expect(vendor.report().attempts).toBe(1);
      await vi.waitUntil(() => vendor.report().openSockets === 0, WAIT);
    }));
});
