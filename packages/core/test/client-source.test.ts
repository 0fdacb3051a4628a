import { expect, test, vi } from 'vitest';
import { type FaceVerify, isClient } from '../src/client.ts';
import { createClientFor, createClientSource } from '../src/client-source.ts';
import { platform } from '../src/platform/node.ts';
import { clientOn, rejection } from './client-on.ts';

const keys = (n: number): { apiKey: string; secretKey: string } => ({ apiKey: `key-${n}`, secretKey: `secret-${n}` });
const environment = { FACEVERIFY_API_KEY: 'env-key', FACEVERIFY_SECRET_KEY: 'env-secret' };
test('a client is made once for its keys, in whatever object they come', () => {
  const clientFor = createClientFor(platform);
  const options = keys(1);
  const client = clientFor(options);
  expect(isClient(client)).toBe(true);
  expect(clientFor(options)).toBe(client);
  expect(clientFor({ ...keys(1), timeoutMs: 1 })).toBe(client);
  expect(clientFor({ ...keys(1), secretKey: 'other' })).not.toBe(client);
  expect(clientFor({ ...keys(1), secretKey: new TextEncoder().encode('secret-1') })).not.toBe(client);
  expect(clientFor({ ...keys(1), baseUrl: 'https://a.example' })).not.toBe(client);
  expect(clientFor(client)).toBe(client);
});

test('a client that its user has closed is not given to the next', async () => {
  const clientFor = createClientFor(platform);
  for (const options of [keys(1), keys(2)]) {
    const client = clientFor(options);
    await client.close();
    expect(clientFor(options)).not.toBe(client);
    expect(clientFor(options)).toBe(clientFor({ ...options }));
  }
});

test('an environment is as good as options, and one client serves all of its readers', () => {
  const clientFor = createClientFor(platform);
  const client = clientFor(undefined, environment);
  expect(clientFor(undefined, environment)).toBe(client);
  expect(clientFor(undefined, { ...environment })).toBe(client);
  expect(clientFor({ apiKey: 'env-key', secretKey: 'env-secret' })).toBe(client);
  expect(() => clientFor(undefined, {})).toThrow(/^apiKey is missing: set FACEVERIFY_API_KEY/);
});

test('of more than 64 the one longest unused is no longer kept, and still works', async () => {
  const clientFor = createClientFor(platform);
  const clients = Array.from({ length: 64 }, (_, n) => clientFor(keys(n)));
  clientFor(keys(0)); // Used again: now 1 is the one longest unused.
  clientFor(keys(64));
  const aborted = AbortSignal.abort();
  expect(await rejection(clients[1]?.createSession({}, { signal: aborted }) ?? Promise.resolve())).toMatchObject({
    code: 'aborted', // Not `closed`: a request may be using it.
  });
  expect(clientFor(keys(0))).toBe(clients[0]);
  expect(clientFor(keys(1))).not.toBe(clients[1]);
});

interface Native {
  readonly env: Record<string, string>;
  readonly client?: FaceVerify;
}

test('options and the process are read at once, so that a mistake stops the app when it starts', () => {
  const clientFor = createClientFor(platform);
  expect(() => createClientSource(platform, clientFor, { ...keys(1), timeoutMs: -1 }, {})).toThrow(/^timeoutMs/);
  expect(() => createClientSource(platform, clientFor, undefined, {})).toThrow(/^apiKey is missing/);
});

test('a middleware looks at its source, then at the environment of the request', async () => {
  const clientFor = createClientFor(platform);
  const own = clientOn(platform, {});
  const native: Native = { env: environment };
  const defaults = { environment: ({ env }: Native) => env };
  expect(createClientSource<Native>(platform, clientFor, own, defaults)(native)).toBe(own);
  expect(createClientSource<Native>(platform, clientFor, () => own, defaults)(native)).toBe(own);
  expect(await createClientSource<Native>(platform, clientFor, async () => keys(7), defaults)(native)).toBe(
    clientFor(keys(7)),
  );
  const fromEnvironment = clientFor(undefined, environment);
  expect(createClientSource<Native>(platform, clientFor, () => ({ timeoutMs: 7 }), defaults)(native)).toBe(
    fromEnvironment,
  );
  expect(createClientSource<Native>(platform, clientFor, undefined, defaults)(native)).toBe(fromEnvironment);
  expect(createClientSource<Native>(platform, clientFor, { timeoutMs: 7 }, defaults)(native)).toBe(fromEnvironment);
});

test('what comes with a request but holds nothing of ours is no environment', () => {
  vi.stubEnv('FACEVERIFY_API_KEY', 'process-key');
  vi.stubEnv('FACEVERIFY_SECRET_KEY', 'process-secret');
  const clientFor = createClientFor(platform);
  const clientWith = (env: unknown): unknown =>
    createClientSource(platform, clientFor, undefined, { environment: () => env })({});
  const ofTheProcess = clientFor({ apiKey: 'process-key', secretKey: 'process-secret' });
  // As @hono/node-server and hono/aws-lambda give, and no one at all.
  for (const env of [{ incoming: {}, outgoing: {} }, { FACEVERIFY_BASE_URL: 'https://a.example' }, undefined, null]) {
    expect(clientWith(env)).toBe(ofTheProcess);
  }
  expect(clientWith(environment)).toBe(clientFor(undefined, environment));
  // Meant to be used, and no use: never the keys of somebody else instead.
  for (const env of [{ FACEVERIFY_SECRET_KEY: 'alone' }, Object.create(environment), { FACEVERIFY_API_KEY: '' }]) {
    expect(() => clientWith(env)).toThrow(/^apiKey is missing/);
  }
  vi.unstubAllEnvs();
});

test('a function that gives nothing does not get the keys of the environment', async () => {
  const clientFor = createClientFor(platform);
  const defaults = { environment: ({ env }: Native) => env };
  // Safe: the wrong types are the point.
  const nothing = createClientSource<Native>(platform, clientFor, (() => undefined) as never, defaults);
  const later = createClientSource<Native>(platform, clientFor, (async () => null) as never, defaults);
  expect(() => nothing({ env: environment })).toThrow(/^source is a function that gave neither/);
  expect(await rejection(Promise.resolve(later({ env: environment })))).toMatchObject({ code: 'invalid_options' });
});

test('a function that throws no Error, or gives a promise of its own kind, is understood', async () => {
  const clientFor = createClientFor(platform);
  const sourceOf = (source: () => unknown): unknown =>
    // Safe: the wrong types are the point.
    createClientSource<Native>(platform, clientFor, source as never, {})({ env: {} });
  const fail = (): never => {
    // oxlint-disable-next-line typescript/only-throw-error -- The point.
    throw undefined;
  };
  expect(() => sourceOf(fail)).toThrow('What was thrown is no Error.');
  expect(await rejection(Promise.resolve(sourceOf(async () => fail())))).toBeInstanceOf(Error);
  // As promises of some libraries are.
  const thenable = { then: (done: (value: unknown) => void) => done(keys(8)) };
  expect(await sourceOf(() => thenable)).toBe(clientFor(keys(8)));
});

test('null is no source, with or without an environment', () => {
  const clientFor = createClientFor(platform);
  for (const defaults of [{}, { environment: () => environment }]) {
    // Safe: the wrong type is the point.
    const start = (): unknown => createClientSource<Native>(platform, clientFor, null as never, defaults);
    expect(start).toThrow(/^options must be an object/);
  }
});

test('a route takes the client mounted before it, else the environment', () => {
  const clientFor = createClientFor(platform);
  const own = clientOn(platform, {});
  const clientOf = createClientSource<Native>(platform, clientFor, undefined, {
    mounted: ({ client }) => client,
    environment: ({ env }) => env,
  });
  expect(clientOf({ env: environment, client: own })).toBe(own);
  expect(clientOf({ env: environment })).toBe(clientFor(undefined, environment));
  expect(() => clientOf({ env: {} })).toThrow(/FACEVERIFY_API_KEY/);
});

test('isClient knows a client, and nothing else', () => {
  expect(isClient(clientOn(platform, {}))).toBe(true);
  for (const other of [undefined, null, {}, { createSession() {} }, 'x']) expect(isClient(other)).toBe(false);
});
