// An app under a tracer, as CommonJS. Nothing in it loads node:http but the client.
const process = require('node:process');
const { createFaceVerify } = require('@faceverify/core');

const [, , baseUrl, apiKey, secretKey] = process.argv;
const client = createFaceVerify({ apiKey, secretKey, baseUrl, retry: false });
void client
  .createSession({ uniqueIdentifier: 'user-1' })
  .then(() => client.createSession())
  .then(() => client.close());
