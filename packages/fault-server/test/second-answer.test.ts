import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaceVerifyOptions } from '@faceverify/core';
import { expect, test } from 'vitest';
import { createClient } from '../../core/src/client.ts';
import { readOptions } from '../../core/src/options.ts';
import { platform as node } from '../../core/src/platform/node.ts';
import { platform as web } from '../../core/src/platform/web.ts';
import { sessionAnswer } from '../src/answers.ts';
import { startFault } from '../src/fault-server.ts';
import { API_KEY, SECRET_KEY } from '../src/taints.ts';

/*
 * A server that answers twice leaves an answer on the kept connection. Taken for the answer to the next
 * request, it would give one person's link to another.
 */
const WAYS = {
  'on Node': { platform: node, options: (): FaceVerifyOptions => ({}) },
  'on Node with an agent': {
    platform: node,
    options: (): FaceVerifyOptions => ({ agent: new http.Agent({ keepAlive: true }) }),
  },
  'on web': { platform: web, options: (): FaceVerifyOptions => ({}) },
};

const CASES = Object.entries(WAYS).flatMap(([name, way]) =>
  [0, 30].map((delayMs) => ({ name: `${name}, ${delayMs} ms later`, delayMs, ...way })),
);

test.each(CASES)('a second answer is never taken for that of the next person: $name', async (how) => {
  const { platform, options, delayMs } = how;
  const vendor = await startFault({
    name: 'answers the first request twice',
    onRequest({ reply, origin, nth, request }) {
      const { uniqueIdentifier } = JSON.parse(request.body.toString('utf8')) as { uniqueIdentifier: string }; // Sent below.
      const answer = sessionAnswer(origin, { sessionId: `of ${uniqueIdentifier}` });
      reply(200, answer);
      if (nth > 1) return;
      if (delayMs === 0) reply(200, answer);
      else setTimeout(() => reply(200, answer), delayMs);
    },
  });
  const settings = readOptions({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl: vendor.origin, ...options() });
  const client = createClient(platform, settings);
  expect(await client.createSession({ uniqueIdentifier: 'alice' })).toMatchObject({ sessionId: 'of alice' });
  await sleep(100);
  expect(await client.createSession({ uniqueIdentifier: 'bob' })).toMatchObject({ sessionId: 'of bob' });
  expect(vendor.report().attempts).toBe(2);
  await client.close();
  settings.agent?.destroy();
  await vendor.stop();
});
