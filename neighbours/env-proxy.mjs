// Point 24: Node 24 obeys the proxy variables if NODE_USE_ENV_PROXY=1 says so, and so must the client. Earlier versions
// ignore them. run.mjs starts this file, which starts itself once for each environment.
import { execFile } from 'node:child_process';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import process from 'node:process';
import { promisify } from 'node:util';
import { createFaceVerify } from '@faceverify/core';
import { check } from './lib/check.mjs';
import { listen } from './lib/listen.mjs';
import { KEYS, startVendor } from './lib/vendor.mjs';

const [, file, baseUrlOfCall] = process.argv;
await (baseUrlOfCall === undefined ? checkAll() : call(baseUrlOfCall));

/** Two calls that may use a kept connection, and two that may not; prints what came out. */
async function call(baseUrl) {
  const client = createFaceVerify({ ...KEYS, baseUrl, retry: false, timeoutMs: 1_000 });
  const outcomes = [];
  for (const params of [{ uniqueIdentifier: 'user-1' }, {}, { uniqueIdentifier: 'user-1' }, {}]) {
    const outcome = client.createSession(params).then(
      ({ sessionId }) => sessionId,
      ({ code, message }) => `${code}: ${message}`,
    );
    outcomes.push(await outcome);
  }
  await client.close();
  console.log(JSON.stringify(outcomes));
}

async function checkAll() {
  const obeys = Number(process.versions.node.split('.')[0]) >= 24;
  const proxy = await startProxy();
  const vendors = {
    https: await startVendor({ secure: true }),
    http: await startVendor(),
  };
  const flag = { NODE_USE_ENV_PROXY: '1' };
  const variables = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url };
  const lowerCase = { https_proxy: proxy.url, http_proxy: proxy.url };
  for (const [scheme, { baseUrl }] of Object.entries(vendors)) {
    const used = obeys ? 'goes through the proxy' : 'goes straight, as this version of Node does';
    await check(`${scheme}, NODE_USE_ENV_PROXY=1: ${used}`, () => sessions(baseUrl, { ...flag, ...variables }, obeys));
    await check(`${scheme}, in lower case: ${used}`, () => sessions(baseUrl, { ...flag, ...lowerCase }, obeys));
    await check(`${scheme}, with NO_PROXY: goes straight`, () =>
      sessions(baseUrl, { ...flag, ...variables, NO_PROXY: 'example.com,127.0.0.1' }, false),
    );
    await check(`${scheme}, with NO_PROXY for another host: ${used}`, () =>
      sessions(baseUrl, { ...flag, ...variables, NO_PROXY: 'example.com' }, obeys),
    );
    await check(`${scheme}, the variables alone: goes straight`, () => sessions(baseUrl, variables, false));
    await check(`${scheme}, the flag alone: goes straight`, () => sessions(baseUrl, flag, false));
    if (obeys) {
      await check(`${scheme}, --use-env-proxy: goes through the proxy`, () =>
        sessions(baseUrl, variables, true, ['--use-env-proxy']),
      );
    }
  }
  if (obeys) {
    for (const [answer, expected] of [
      ['407', /^connection: .*ERR_PROXY_TUNNEL/],
      ['nothing', /^timeout: /],
    ]) {
      proxy.answer = answer;
      await check(`https, a proxy that answers ${answer}: the call fails in time`, async () => {
        const outcomes = await run(vendors.https.baseUrl, { ...flag, ...variables });
        if (!outcomes.every((outcome) => expected.test(outcome))) throw new Error(outcomes.join('\n'));
        return outcomes[0];
      });
    }
  }
  for (const vendor of Object.values(vendors)) vendor.close();
  proxy.close();

  async function sessions(baseUrl, environment, throughProxy, nodeArgs) {
    proxy.count = 0;
    const outcomes = await run(baseUrl, environment, nodeArgs);
    if (outcomes.join() !== 'session-1,session-1,session-1,session-1') throw new Error(outcomes.join('\n'));
    if (proxy.count > 0 !== throughProxy) throw new Error(`${proxy.count} requests went through the proxy.`);
    return `${proxy.count} through the proxy`;
  }
}

async function run(baseUrl, environment, nodeArgs = []) {
  const { PATH, NODE_EXTRA_CA_CERTS } = process.env;
  const env = { PATH, NODE_EXTRA_CA_CERTS, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeArgs, file, baseUrl], { env });
  return JSON.parse(stdout);
}

/** A proxy for http and, by CONNECT, for https; `count` is how often it was asked. */
async function startProxy() {
  const sockets = new Set();
  const server = createServer((request, response) => {
    proxy.count++;
    const { method, headers } = request;
    const upstream = httpRequest(request.url, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', ({ url }, socket) => {
    proxy.count++;
    socket.on('error', () => undefined);
    if (proxy.answer === '407') socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    if (proxy.answer !== '200') return;
    const [host, port] = url.split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
    sockets.add(upstream);
  });
  const proxy = {
    url: `http://127.0.0.1:${await listen(server)}`,
    count: 0,
    answer: '200',
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return proxy;
}
