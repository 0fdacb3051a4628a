// Uses the core on Bun or Deno, as it is built, and prints as JSON what came of it: use-core.ts BASE_URL
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createFaceVerify, FaceVerifyError, type SignableRequest, signRequest } from '@faceverify/core';

const [baseUrl = ''] = process.argv.slice(2);
const used = { entries: entries(), signatures: await sign(), refused: await refuse(), calls: await call() };
console.log(JSON.stringify(used));

/** The files that the runtime loads for each entry: by `import`, and by `require`. */
function entries(): string[] {
  const { resolve } = createRequire(import.meta.url);
  const names = ['core', 'core/adapter', 'core/diagnose'].map((name) => `@faceverify/${name}`);
  return [...names.map((name) => import.meta.resolve(name)), ...names.map((name) => resolve(name))];
}

async function sign(): Promise<string[]> {
  const signed = await Promise.all(readVectors('signatures.json').map((request) => signRequest(request)));
  return signed.map(({ signature }) => signature);
}

/** What becomes of URLs that would not be sent as they are signed. */
function refuse(): Promise<string[]> {
  const keys = { method: 'POST', body: '', apiKey: 'key', secretKey: 'secret' };
  return Promise.all(readVectors('ambiguous-urls.json').map(({ url }) => endOf(signRequest({ ...keys, url }))));
}

function readVectors(name: string): SignableRequest[] {
  const file = new URL(`../packages/core/test/vectors/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as SignableRequest[]; // Safe: or the tests of the core fail.
}

/** Calls one after the other, two of each kind, none of which may be sent twice. */
async function call(): Promise<string[]> {
  const client = createFaceVerify({ apiKey: 'key', secretKey: 'secret', baseUrl, retry: false });
  const ends = [];
  for (const time of [1, 2]) {
    ends.push(await endOf(client.createSession({ uniqueIdentifier: `user-${time}` })));
  }
  for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
    for (const time of [1, 2]) ends.push(await endOf(client.request(method, `/${method}/${time}`, { body: {} })));
  }
  await client.close();
  return ends;
}

/** `ok`, or the code of the error. */
function endOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'ok',
    (error: unknown) => (FaceVerifyError.is(error) ? error.code : String(error)),
  );
}
