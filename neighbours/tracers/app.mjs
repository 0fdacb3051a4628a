// An app under a tracer, as an ES module. Nothing in it loads node:http but the client.
import process from 'node:process';
import { createFaceVerify } from '@faceverify/core';

const [, , baseUrl, apiKey, secretKey] = process.argv;
const client = createFaceVerify({ apiKey, secretKey, baseUrl, retry: false });
for (const params of [{ uniqueIdentifier: 'user-1' }, {}]) await client.createSession(params);
await client.close();
