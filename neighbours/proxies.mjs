// Figure 9: whatever a proxy answers to CONNECT, and whichever agent reads it, a call settles by its deadline.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import process from 'node:process';
import { createFaceVerify, FaceVerifyError } from '@faceverify/core';
import hpagent from 'hpagent';
import https5 from 'https-proxy-agent-5';
import https7 from 'https-proxy-agent-7';
import { HttpsProxyAgent as HttpsProxyAgent9 } from 'https-proxy-agent-9';
import proxy6 from 'proxy-agent-6';
import { ProxyAgent as ProxyAgent8 } from 'proxy-agent-8';
import tunnel from 'tunnel';
import { check, printTable, within } from './lib/check.mjs';
import { listen } from './lib/listen.mjs';
import { pausedSince } from './lib/pauses.mjs';
import { KEYS, sessionAnswer, startVendor } from './lib/vendor.mjs';

/** No server is here: no proxy with a fault passes anything on. */
const NOWHERE = 'https://127.0.0.1:9';

const AGENTS = {
  'https-proxy-agent 5': (url) => new https5.HttpsProxyAgent(url),
  'https-proxy-agent 7': (url) => new https7.HttpsProxyAgent(url),
  'https-proxy-agent 9': (url) => new HttpsProxyAgent9(url),
  'proxy-agent 6': (url) => new proxy6.ProxyAgent({ getProxyForUrl: () => url }),
  'proxy-agent 8': (url) => new ProxyAgent8({ getProxyForUrl: () => url }),
  hpagent: (url) => new hpagent.HttpsProxyAgent({ proxy: url, keepAlive: true }),
  tunnel: (url) => tunnel.httpsOverHttp({ proxy: { host: '127.0.0.1', port: new URL(url).port } }),
};

const BODY = '{"error":"the proxy refuses"}';
const answer = (status, headers = '') =>
  `HTTP/1.1 ${status}\r\n${headers}content-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;
const FORGED_SESSION = JSON.stringify(sessionAnswer(NOWHERE));
const FORGED = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: ${FORGED_SESSION.length}\r\n\r\n${FORGED_SESSION}`;
const CONNECTED = 'HTTP/1.1 200 Connection established\r\n\r\n';
const GARBAGE = Buffer.from('\0\x01\x02 this is no HTTP \xff\xfe\r\n\r\n'.repeat(8), 'latin1');
const onConnect = (respond) => (socket) => socket.once('data', () => respond(socket));

/** What the proxy does with a connection. */
const FAULTS = {
  '407, then the end': onConnect((socket) => socket.end(answer('407 Proxy Authentication Required'))),
  '407, kept open': onConnect((socket) => socket.write(answer('407 Proxy Authentication Required'))),
  '407, no body': onConnect((socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')),
  403: onConnect((socket) => socket.end(answer('403 Forbidden'))),
  302: onConnect((socket) => socket.end(answer('302 Found', 'location: http://127.0.0.1/login\r\n'))),
  502: onConnect((socket) => socket.end(answer('502 Bad Gateway'))),
  503: onConnect((socket) => socket.end(answer('503 Service Unavailable'))),
  // Agents pass on a refusal as if the vendor had sent it: this one would be a session that nobody has created.
  'a session, forged': onConnect((socket) => socket.end(FORGED)),
  silence: () => undefined,
  'hang-up by FIN': onConnect((socket) => socket.end()),
  'hang-up by RST': onConnect((socket) => socket.resetAndDestroy()),
  'half an answer': onConnect((socket) => socket.end('HTTP/1.1 200 Conn')),
  garbage: onConnect((socket) => socket.end(GARBAGE)),
  'early answer': (socket) => socket.end(answer('200 OK')),
  'early answer, kept open': (socket) => socket.write(answer('200 OK')),
  'connected, then silence': onConnect((socket) => socket.write(CONNECTED)),
  'connected, then the end': onConnect((socket) => socket.end(CONNECTED)),
  'connected, then garbage': onConnect((socket) => socket.write(Buffer.concat([Buffer.from(CONNECTED), GARBAGE]))),
};

const LIMITS = { timeoutMs: 600, attemptTimeoutMs: 350, connectTimeoutMs: 250, retry: { minDelayMs: 10 } };
const TOLERANCE_MS = 250;
const ABORT_AFTER_MS = 100;
const CALLS = {
  K: { params: { uniqueIdentifier: 'user-1' }, deadlineMs: LIMITS.timeoutMs },
  N: { params: {}, deadlineMs: LIMITS.timeoutMs },
  'K, aborted': { params: { uniqueIdentifier: 'user-1' }, deadlineMs: ABORT_AFTER_MS, abort: true },
};

/** What escaped from any promise or event: it would end an app. */
const escaped = [];
process.on('unhandledRejection', (reason) => escaped.push(reason));
process.on('uncaughtException', (error) => escaped.push(error));

const rows = [['proxy', ...Object.keys(AGENTS)]];
for (const name of Object.keys(FAULTS)) rows.push([name]);
let slowest = 0;

for (const [agentName, createAgent] of Object.entries(AGENTS)) {
  await check(
    `${agentName} through ${Object.keys(FAULTS).length} proxies, K, N and aborted: settles and closes`,
    async () => {
      const cells = await Promise.all(Object.values(FAULTS).map((fault) => callThrough(fault, createAgent)));
      const problems = [];
      cells.forEach((cell, index) => {
        const [named, unnamed] = cell.outcomes;
        rows[index + 1].push(named === unnamed ? named : `${named} / ${unnamed}`);
        problems.push(...cell.problems.map((problem) => `${Object.keys(FAULTS)[index]}: ${problem}`));
      });
      problems.push(...escaped.splice(0).map((error) => `escaped: ${error?.stack ?? error}`));
      if (problems.length > 0) throw new Error(problems.join('\n'));
      return `${cells.length * Object.keys(CALLS).length} calls`;
    },
  );
}
for (const [agentName, createAgent] of Object.entries(AGENTS)) {
  await check(`${agentName} through a good proxy, to https: K and N get a session`, () =>
    callThroughGoodProxy(createAgent),
  );
}
console.log(
  `\n  What a call gives (with an identifier / without, where that differs); the latest ${Math.round(slowest)} ms past its deadline:`,
);
printTable(rows);
process.exit(); // Agents of some versions keep what they opened.

/** The calls, each with an agent of its own, through a proxy with this fault. */
async function callThrough(fault, createAgent) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.resume();
    fault(socket);
  });
  const proxy = `http://127.0.0.1:${await listen(server)}`;
  const outcomes = [];
  const problems = [];
  await Promise.all(
    Object.entries(CALLS).map(async ([call, { params, deadlineMs, abort }], index) => {
      const agent = createAgent(proxy);
      const client = createFaceVerify({ ...KEYS, ...LIMITS, baseUrl: NOWHERE, agent });
      const signal = abort ? AbortSignal.timeout(ABORT_AFTER_MS) : undefined;
      const began = performance.now();
      try {
        outcomes[index] = await within(5_000, 'the call', outcomeOf(client.createSession(params, { signal })));
        const late = performance.now() - began - deadlineMs - pausedSince(began);
        slowest = Math.max(slowest, late);
        if (late > TOLERANCE_MS) problems.push(`${call} settled ${Math.round(late)} ms after its deadline`);
        await within(1_000, 'close()', client.close());
      } catch (error) {
        outcomes[index] ??= 'NEVER';
        problems.push(`${call}: ${error.message}`);
      }
      agent.destroy?.();
    }),
  );
  for (const socket of sockets) socket.destroy();
  server.close();
  return { outcomes, problems };
}

/** The code of the error; throws if there is none. */
async function outcomeOf(session) {
  const error = await session.then(
    () => new Error('A session came out of a proxy that passes nothing on.'),
    (reason) => reason,
  );
  if (!FaceVerifyError.is(error)) throw error;
  return error.upstreamStatus === undefined ? error.code : `${error.code} ${error.upstreamStatus}`;
}

async function callThroughGoodProxy(createAgent) {
  const vendor = await startVendor({ secure: true });
  const connected = [];
  const server = createServer((socket) => {
    socket.once('data', (head) => {
      const [, host, port] = /^CONNECT ([^:]+):(\d+) HTTP\/1\.1\r\n/.exec(head.toString('latin1')) ?? [];
      if (host === undefined) throw new Error(`The agent asks for ${head.toString('latin1')}`);
      connected.push(`${host}:${port}`);
      const upstream = connect(Number(port), host, () => {
        socket.write(CONNECTED);
        socket.pipe(upstream).pipe(socket);
      });
      for (const [one, other] of [
        [socket, upstream],
        [upstream, socket],
      ]) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
  });
  const agent = createAgent(`http://127.0.0.1:${await listen(server)}`);
  const client = createFaceVerify({ ...KEYS, baseUrl: vendor.baseUrl, agent });
  for (const params of [{ uniqueIdentifier: 'user-1' }, {}, { uniqueIdentifier: 'user-2' }, {}]) {
    const { sessionId } = await within(5_000, 'the call', client.createSession(params));
    if (sessionId !== 'session-1') throw new Error(`The session is ${sessionId}.`);
  }
  await within(1_000, 'close()', client.close());
  agent.destroy?.();
  const closed = once(server, 'close');
  server.close();
  vendor.close();
  await within(2_000, 'the proxy', closed);
  if (connected.length === 0) throw new Error('Nothing went through the proxy.');
  return `${connected.length} connections for 4 calls`;
}
