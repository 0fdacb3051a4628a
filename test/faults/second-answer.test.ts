import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFaceVerify, type FaceVerifyOptions } from '@faceverify/core';
import { expect, test } from 'vitest';
import { sessionAnswer } from './server/answers.ts';
import { startFault } from './server/fault-server.ts';
import { API_KEY, SECRET_KEY } from './server/secrets.ts';

/*
 * A server that answers twice leaves an answer on the kept connection. Taken for the answer to the next
 * request, it would give one person's link to another.
 */
const WAYS: Readonly<Record<string, () => FaceVerifyOptions>> = {
  'on Node': () => ({}),
  'on Node with an agent': () => ({ agent: new http.Agent({ keepAlive: true }) }),
  'with fetch': () => ({ fetch: (url, init) => globalThis.fetch(url, init) }),
};

const CASES = Object.entries(WAYS).flatMap(([name, optionsOf]) =>
  [0, 30].map((delayMs) => ({ name: `${name}, ${delayMs} ms later`, delayMs, optionsOf })),
);

test.each(CASES)(
  'a second answer is never taken for that of the next person: $name',
  async ({ delayMs, optionsOf }) => {
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
    const options = optionsOf();
    const client = createFaceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl: vendor.origin, ...options });
    expect(await client.createSession({ uniqueIdentifier: 'alice' })).toMatchObject({ sessionId: 'of alice' });
    await sleep(100);
    expect(await client.createSession({ uniqueIdentifier: 'bob' })).toMatchObject({ sessionId: 'of bob' });
    expect(vendor.report().attempts).toBe(2);
    await client.close();
    options.agent?.destroy();
    await vendor.stop();
  },
);
