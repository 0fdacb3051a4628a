// Point 27: the ready route does not read the body of a request. With some versions of @hono/node-server, touching the
// request's signal makes the server reset the connection of a client that is still sending 5 MB.
import { once } from 'node:events';
import { connect } from 'node:net';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFaceVerify } from '@faceverify/core';
import { sessionHandler } from '@faceverify/hono';
import { Hono } from 'hono';
import { serve as serve117 } from 'hono-node-server-1-17';
import { serve as serve118 } from 'hono-node-server-1-18';
import { serve as serve119 } from 'hono-node-server-1-19';
import { serve as serve2 } from 'hono-node-server-2';
import { check, within } from './lib/check.mjs';
import { KEYS, startVendor } from './lib/vendor.mjs';

const SERVERS = [
  { version: '1.17', serve: serve117 },
  { version: '1.18', serve: serve118 },
  { version: '1.19', serve: serve119 },
  { version: '2', serve: serve2 },
];
const BODY = Buffer.alloc(5 * 1024 * 1024, 'x');

const ROUNDS = 8;
const CROSS_SITE = { 'sec-fetch-site': 'cross-site' };

for (const { version, serve } of SERVERS) {
  for (const { what, path, headers, answer } of [
    { what: 'a route that answers', path: '/session', headers: {}, answer: '200' },
    { what: 'a route that refuses', path: '/session', headers: CROSS_SITE, answer: '403' },
  ]) {
    await check(`@hono/node-server ${version}, 5 MB unread by ${what}`, () =>
      withServer(serve, async (port) => {
        // 1.17 and 1.18 reset the connection of every route that does not read the body, whatever it does.
        const plain = await outcomesOf(port, '/plain', {});
        const ours = await outcomesOf(port, path, headers);
        if (plain !== '200, sent, 200') return `${ours}; a plain route: ${plain}`;
        if (ours !== `${answer}, sent, ${answer}`) throw new Error(`${ours}; a plain route: ${plain}`);
        return ours;
      }),
    );
  }
  await check(`@hono/node-server ${version}, a visitor who leaves: the call to the vendor is cancelled`, () =>
    withServer(
      serve,
      async (port, outcomes) => {
        const socket = connect(port, '127.0.0.1');
        socket.write('POST /session HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 0\r\n\r\n');
        await once(socket, 'connect');
        await sleep(150);
        socket.destroy();
        await within(1_000, 'the call', outcomes.next);
        if (outcomes[0] !== 'aborted') throw new Error(`The call ended with ${outcomes[0]}.`);
      },
      { isSilent: true },
    ),
  );
}
process.exit(); // Some versions keep a timer for each body that was not read.

/** An app with the ready route; the vendor answers, or never does. */
async function withServer(serve, run, { isSilent = false } = {}) {
  const vendor = await startVendor({ isSilent });
  const outcomes = [];
  let ended;
  outcomes.next = new Promise((resolve) => {
    ended = resolve;
  });
  const client = createFaceVerify({
    ...KEYS,
    baseUrl: vendor.baseUrl,
    timeoutMs: 3_000,
    onAttempt({ code }) {
      outcomes.push(code);
      ended();
    },
  });
  const app = new Hono();
  app.post('/session', sessionHandler({ client, identify: () => ({ uniqueIdentifier: 'user-1' }) }));
  app.post('/plain', async (c) => {
    await sleep(5);
    return c.text('read nothing');
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  if (!server.listening) await once(server, 'listening');
  try {
    return await run(server.address().port, outcomes);
  } finally {
    server.closeAllConnections();
    server.close();
    vendor.close();
    await client.close();
  }
}

/** What happened, in every round; several of it are a defect of timing, and all are named. */
async function outcomesOf(port, path, headers) {
  const outcomes = new Set();
  for (let round = 0; round < ROUNDS; round++) {
    outcomes.add(await within(5_000, 'the request', post(port, path, headers, round < ROUNDS / 2 ? 0 : 2)));
  }
  return [...outcomes].join(' or ');
}

/** Sends all of the body, slowly if `pauseMs` says so, and then a second request on the same connection. */
function post(port, path, headers, pauseMs) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const events = [];
    const end = (event) => {
      resolve([...events, ...event].join(', '));
      socket.destroy();
    };
    socket.setEncoding('latin1').on('data', (text) => {
      for (const [, status] of text.matchAll(/HTTP\/1\.1 (\d+)/g)) events.push(status);
      if (events.length === 3) end([]);
    });
    socket.on('error', ({ code }) => end([code === 'EPIPE' ? 'ECONNRESET' : code]));
    socket.on('close', () => end(['ECONNRESET']));
    const head = (length) =>
      [`POST ${path} HTTP/1.1`, 'host: 127.0.0.1', `content-length: ${length}`]
        .concat(Object.entries(headers).map((header) => header.join(': ')))
        .join('\r\n')
        .concat('\r\n\r\n');
    socket.write(head(BODY.length));
    let sent = 0;
    const sendMore = async () => {
      if (pauseMs > 0) await sleep(pauseMs);
      if (sent < BODY.length) {
        socket.write(BODY.subarray(sent, (sent += 65_536)), sendMore);
      } else {
        events.push('sent');
        socket.write(head(0));
      }
    };
    void sendMore();
  });
}
