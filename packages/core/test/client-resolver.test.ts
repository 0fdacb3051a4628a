import { afterEach, expect, test, vi } from 'vitest';
import { createClientResolver, type Source } from '../src/adapter/index.ts';
import { createFaceVerify, type FaceVerify, isClient } from '../src/client.ts';
import type { FaceVerifyOptions } from '../src/options.ts';
import { clientOf, rejection } from './client-of.ts';

const keys = (n: number): { apiKey: string; secretKey: string } => ({ apiKey: `key-${n}`, secretKey: `secret-${n}` });
const environment = { FACEVERIFY_API_KEY: 'env-key', FACEVERIFY_SECRET_KEY: 'env-secret' };
afterEach(() => vi.unstubAllEnvs());

interface Request {
  readonly env?: unknown;
  readonly client?: FaceVerify;
  readonly options?: FaceVerifyOptions;
}
const fromEnvironment = { environment: ({ env }: Request) => env };
const fromRoute = { ...fromEnvironment, mounted: ({ client }: Request) => client };

/** What a source gives for a request, resolved. */
async function resolve(source: Source<Request> | undefined, request: Request, defaults = {}): Promise<unknown> {
  return createClientResolver<Request>(source, defaults)(request);
}

test('options of equal values share a client, whatever object they come in', async () => {
  const resolver = createClientResolver<Request>(({ options }) => options ?? {});
  const fetch = async (): Promise<Response> => new Response();
  const first = await resolver({ options: { ...keys(1), fetch } });
  expect(isClient(first)).toBe(true);
  expect(await resolver({ options: { ...keys(1), fetch } })).toBe(first);
  expect(await resolver({ options: { ...keys(1), fetch, timeoutMs: 10_000, retry: {} } })).toBe(first);
});

test.each<[string, FaceVerifyOptions]>([
  ['secretKey', { ...keys(1), secretKey: 'other' }],
  ['secretKey of bytes', { ...keys(1), secretKey: new TextEncoder().encode('secret-1') }],
  ['apiKey', { ...keys(1), apiKey: 'other' }],
  ['baseUrl', { ...keys(1), baseUrl: 'https://a.example' }],
  ['timeoutMs', { ...keys(1), timeoutMs: 1 }],
  ['retry', { ...keys(1), retry: false }],
  ['sessionHosts', { ...keys(1), sessionHosts: ['a.example'] }],
  ['fetch', { ...keys(1), fetch: async () => new Response() }],
  ['onAttempt', { ...keys(1), onAttempt: () => undefined }],
])('options with another %s have another client', async (_name, other) => {
  const resolver = createClientResolver<Request>(({ options }) => options ?? {});
  expect(await resolver({ options: other })).not.toBe(await resolver({ options: keys(1) }));
});

test('an options object that changes gives the client of its values now, and is not frozen', async () => {
  const options = { ...keys(1), retry: { attempts: 2 } };
  const resolver = createClientResolver<Request>(() => options);
  const first = await resolver({});
  options.apiKey = 'key-2';
  options.retry.attempts = 3;
  expect(await resolver({})).not.toBe(first);
  expect(Object.isFrozen(options)).toBe(false);
});

test('each source has clients of its own, so that every option counts', async () => {
  const [one, two] = [
    createClientResolver<Request>(undefined, fromEnvironment),
    createClientResolver<Request>({ timeoutMs: 7 }, fromEnvironment),
  ];
  const request = { env: environment };
  expect(await one(request)).toBe(await one(request));
  expect(await one(request)).not.toBe(await two(request));
});

test('a client that its user has closed is not given to the next', async () => {
  const resolver = createClientResolver<Request>(({ options }) => options ?? {});
  const client = await resolver({ options: keys(1) });
  await client.close();
  const next = await resolver({ options: keys(1) });
  expect(next).not.toBe(client);
  expect(await resolver({ options: keys(1) })).toBe(next);
});

test('of more than 64, the client that was unused for longest is dropped, and still works', async () => {
  const resolver = createClientResolver<Request>(({ options }) => options ?? {});
  const clients = await Promise.all(Array.from({ length: 64 }, async (_, n) => resolver({ options: keys(n) })));
  await resolver({ options: keys(0) }); // Used again: now the next one has been unused for longest.
  await resolver({ options: keys(64) });
  const signal = AbortSignal.abort();
  expect(await rejection(clients[1]?.createSession({}, { signal }) ?? Promise.resolve())).toMatchObject({
    code: 'aborted', // Not `closed`: a request may be using it.
  });
  expect(await resolver({ options: keys(0) })).toBe(clients[0]);
  expect(await resolver({ options: keys(1) })).not.toBe(clients[1]);
});

test('options and the process are checked at once, so that a mistake stops the app when it starts', () => {
  expect(() => createClientResolver({ ...keys(1), timeoutMs: -1 })).toThrow(/^timeoutMs/);
  expect(() => createClientResolver({ ...keys(1), timeoutMs: -1 }, fromRoute)).toThrow(/^timeoutMs/);
  vi.stubEnv('FACEVERIFY_API_KEY', undefined);
  expect(() => createClientResolver(undefined)).toThrow(/^apiKey is missing/);
  expect(() => createClientResolver({ timeoutMs: -1 }, { mounted: () => undefined })).toThrow(/^timeoutMs/);
  expect(() => createClientResolver({ timeoutMs: -1 }, fromEnvironment)).toThrow(/^timeoutMs/);
});

test('a source is looked at before the environment of the request', async () => {
  const own = clientOf({});
  const request = { env: environment };
  expect(await resolve(own, request, fromEnvironment)).toBe(own);
  expect(await resolve(() => own, request, fromEnvironment)).toBe(own);
  expect(await resolve(async () => own, request, fromEnvironment)).toBe(own);
  expect(isClient(await resolve(async () => keys(7), request, fromEnvironment))).toBe(true);
  expect(isClient(await resolve({ timeoutMs: 7 }, request, fromEnvironment))).toBe(true);
});

/** The origin that a client calls. */
const originOf = (client: unknown): unknown => (JSON.parse(JSON.stringify(client)) as { baseUrl: unknown }).baseUrl;

test('keys of a source still take the base URL that comes with the request', async () => {
  const env = { FACEVERIFY_BASE_URL: 'https://staging.example' };
  expect(originOf(await resolve(keys(1), { env }, fromRoute))).toBe('https://staging.example');
  expect(originOf(await resolve(() => keys(1), { env }, fromRoute))).toBe('https://staging.example');
  expect(originOf(await resolve({ ...keys(1), baseUrl: 'https://a.example' }, { env }, fromRoute))).toBe(
    'https://a.example',
  );
});

test('what comes with a request without a key is not its environment', async () => {
  vi.stubEnv('FACEVERIFY_API_KEY', 'process-key');
  vi.stubEnv('FACEVERIFY_SECRET_KEY', 'process-secret');
  vi.stubEnv('FACEVERIFY_BASE_URL', 'https://process.example');
  // What @hono/node-server and hono/aws-lambda give, and nothing at all.
  for (const env of [{ incoming: {}, outgoing: {} }, { FACEVERIFY_BASE_URL: 'https://a.example' }, undefined, null]) {
    expect(originOf(await resolve(undefined, { env }, fromEnvironment))).toBe('https://process.example');
  }
  const whole = { ...environment, FACEVERIFY_BASE_URL: 'https://b.example' };
  expect(originOf(await resolve(undefined, { env: whole }, fromEnvironment))).toBe('https://b.example');
  // Meant to be used, and incomplete: never the keys of the process instead.
  for (const env of [{ FACEVERIFY_SECRET_KEY: 'alone' }, Object.create(environment), { FACEVERIFY_API_KEY: '' }]) {
    await expect(resolve(undefined, { env }, fromEnvironment)).rejects.toThrow(/^apiKey is missing/);
  }
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['text', 'key'],
  ['an empty object', {}],
  ['options without keys', { baseUrl: 'https://a.example' }],
  ['spread nothing', Object.assign({}, undefined)],
  ['the prototype of all objects', Object.prototype],
  ['inherited keys', Object.create(keys(1))],
  ['one key only', { apiKey: 'key-1' }],
  ['a secret only', { secretKey: 'secret-1' }],
  ['keys that are undefined', { apiKey: undefined, secretKey: undefined }],
])('a function that gives %s never gets the keys of an environment', async (_what, given) => {
  vi.stubEnv('FACEVERIFY_API_KEY', 'process-key');
  vi.stubEnv('FACEVERIFY_SECRET_KEY', 'process-secret');
  for (const defaults of [{}, fromEnvironment, fromRoute]) {
    // Safe: the wrong types are tested.
    const now = resolve(() => given as FaceVerifyOptions, { env: environment, client: createFaceVerify() }, defaults);
    const later = resolve(async () => given as FaceVerifyOptions, { env: environment }, defaults);
    expect(await rejection(now)).toMatchObject({ code: 'invalid_options' });
    expect(await rejection(later)).toMatchObject({ code: 'invalid_options' });
  }
});

test('a function that throws a value, or gives a thenable, is understood', async () => {
  const fail = (): never => {
    // oxlint-disable-next-line typescript/only-throw-error -- Tested here.
    throw undefined;
  };
  await expect(resolve(fail, {})).rejects.toThrow('A non-Error was thrown.');
  expect(await rejection(resolve(async () => fail(), {}))).toBeInstanceOf(Error);
  const thenable = { then: (done: (value: unknown) => void) => done(keys(8)) };
  // Safe: its promise is of an unknown kind.
  expect(isClient(await resolve((() => thenable) as never, {}))).toBe(true);
});

test('null is not a source, with or without an environment', () => {
  for (const defaults of [{}, fromEnvironment, fromRoute]) {
    // Safe: the wrong type is tested.
    expect(() => createClientResolver<Request>(null as never, defaults)).toThrow(/^options must be a plain object/);
  }
});

test('a route takes the client mounted before it, else that of the environment', async () => {
  const own = clientOf({});
  const resolver = createClientResolver<Request>(undefined, fromRoute);
  expect(await resolver({ env: environment, client: own })).toBe(own);
  expect(await resolver({ env: environment })).not.toBe(own);
  expect(() => resolver({ env: { FACEVERIFY_API_KEY: '' } })).toThrow(/FACEVERIFY_API_KEY/);
});

test('a route whose options have no keys is refused after a middleware: the accounts could differ', async () => {
  const resolver = createClientResolver<Request>({ timeoutMs: 7 }, fromRoute);
  expect(isClient(await resolver({ env: environment }))).toBe(true);
  expect(() => resolver({ env: environment, client: clientOf({}) })).toThrow(/^client has no keys/);
});

test('isClient knows a client, and nothing else', () => {
  expect(isClient(clientOf({}))).toBe(true);
  for (const other of [undefined, null, {}, { createSession() {} }, 'x']) expect(isClient(other)).toBe(false);
});
