import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** As above, in a process of its own: its second answer arrives while the client's process computes. */
const SERVER = `
  const server = require('node:net').createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      const [, user] = /"uniqueIdentifier":"(\\w+)"/.exec(String(data));
      const url = 'http://127.0.0.1:' + server.address().port;
      const body = JSON.stringify({ success: true, data: { sessionId: user, baseUrl: url, Token: 't', url: url + '/' } });
      const answer = 'HTTP/1.1 200 OK\\r\\ncontent-length: ' + body.length + '\\r\\n\\r\\n' + body;
      socket.write(answer);
      if (user.startsWith('alice')) setTimeout(() => socket.write(answer), 10);
    });
  }).listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

test('an answer that arrived while the app computed reaches 0 of 20 next persons', async () => {
  const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(server.stdout, 'data')) as [Buffer]; // Safe: printed above.
  const baseUrl = `http://127.0.0.1:${String(port).trim()}`;
  const client = createFaceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl });
  const links: string[] = [];
  for (let n = 0; n < 20; n++) {
    await client.createSession({ uniqueIdentifier: `alice${n}` });
    // Blocks the event loop, so that the second answer waits in the kernel.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    links.push((await client.createSession({ uniqueIdentifier: `bob${n}` })).sessionId);
  }
  expect(links).toEqual(Array.from({ length: 20 }, (_, n) => `bob${n}`));
  await client.close();
  server.kill();
});
