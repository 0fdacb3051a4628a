import { createServer } from 'node:http';
import { sessionHandler } from '@faceverify/express';
import express from 'express';
import { fivePerHour } from './limiter.js';
import { listen } from './listen.js';
import { requireLogin, userId } from './login.js';

const app = express();
const verify = sessionHandler({ identify: (req) => ({ uniqueIdentifier: userId(req) }) });
app.post('/face-verify/session', requireLogin, fivePerHour, verify);
listen(createServer(app));
