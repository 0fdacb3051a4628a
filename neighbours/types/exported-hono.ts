// An app that exports what it makes: TypeScript writes down the types.
import { faceVerify, sessionHandler } from '@faceverify/hono';
import { Hono } from 'hono';

export const client = faceVerify();
export const session = sessionHandler({ identify: (c) => ({ uniqueIdentifier: String(c.req.header('x-user')) }) });
export const createMiddleware = () => [faceVerify(), session];
export const app = new Hono().use(faceVerify()).post('/session', session);
