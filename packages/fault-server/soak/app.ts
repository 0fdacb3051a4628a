// One small app, as a team would write it: node app.js FRAMEWORK, with the vendor in FACEVERIFY_BASE_URL.
// It ends as docs/reliability.md says it should; what is printed is for the test that stops it.
import type { AddressInfo } from 'node:net';
import { createFaceVerify } from '@faceverify/core';
import * as forExpress from '@faceverify/express';
import * as forHono from '@faceverify/hono';
import * as forKoa from '@faceverify/koa';
import { serve, type ServerType } from '@hono/node-server';
import express from 'express';
import { Hono } from 'hono';
import Koa from 'koa';

const client = createFaceVerify();
const options = { identify: () => ({ uniqueIdentifier: 'user123' }) };

const START: Readonly<Record<string, () => ServerType>> = {
  express() {
    const app = express();
    app.use(forExpress.faceVerify(client));
    app.post('/', forExpress.sessionHandler(options));
    return app.listen(0, '127.0.0.1');
  },
  koa() {
    const app = new Koa();
    app.use(forKoa.faceVerify(client));
    app.use(forKoa.sessionHandler(options));
    return app.listen(0, '127.0.0.1');
  },
  hono() {
    const app = new Hono();
    app.use(forHono.faceVerify(client));
    app.post('/', forHono.sessionHandler(options));
    return serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  },
};

const server = START[process.argv[2] ?? '']?.();
if (server === undefined) throw new Error(`usage: app.js ${Object.keys(START).join('|')}`);

process.once('SIGTERM', () => {
  server.close(() => void client.close());
  // Connections that browsers keep after their answer would hold the process for some seconds more.
  setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 200).unref();
});

server.once('listening', () => {
  // Safe: a server that listens on a port has such an address.
  console.log((server.address() as AddressInfo).port);
});
