import { createServer } from 'node:http';
import { sessionHandler } from '@faceverify/hono';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { fivePerHour } from './limiter.js';
import { listen } from './listen.js';
import { type AppEnv, requireLogin, userId } from './login.js';

const app = new Hono<AppEnv>();
const verify = sessionHandler<AppEnv>({ identify: (c) => ({ uniqueIdentifier: userId(c) }) });
app.post('/face-verify/session', requireLogin, fivePerHour, verify);
listen(createServer(getRequestListener(app.fetch)));
