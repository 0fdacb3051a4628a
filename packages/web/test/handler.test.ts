import { createEmulator } from '@faceverify/emulator';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type FaceVerifyError, privateHeaders, sameOrigin, sessionHandler } from '../src/index.ts';

/* What every adapter's route does is in the contract; here is what only a function of a Request has. */

const { apiKey, secretKey, fetch, received, sessions, failNext } = createEmulator();
const client = { apiKey, secretKey, fetch, retry: false } as const;
const identify = (): { uniqueIdentifier: string } => ({ uniqueIdentifier: 'alice' });
const post = (init: RequestInit = {}): Request => new Request('https://shop.example/kyc', { method: 'POST', ...init });

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('what the server passes after the request', () => {
  const server = { env: { tenant: 'a' }, context: { waitUntil() {} } };

  test('reaches identify, the client function and onError, in the same order', async () => {
    const seen: unknown[][] = [];
    const handler = sessionHandler({
      identify: (...visit: [Request, typeof server.env, typeof server.context]) => {
        seen.push(visit);
        return identify();
      },
      client: (...visit) => {
        seen.push(visit);
        return client;
      },
      onError: (_error, ...visit) => void seen.push(visit),
    });
    failNext({ status: 500 });
    const request = post();
    expect((await handler(request, server.env, server.context)).status).toBe(502);
    expect(seen).toEqual(Array.from({ length: 3 }, () => [request, server.env, server.context]));
    expect(seen.every(([first]) => first === request)).toBe(true);
  });

  test('may be nothing', async () => {
    const visits: unknown[][] = [];
    const handler = sessionHandler({ client, identify: (...visit) => (visits.push(visit), identify()) });
    expect((await handler(post())).status).toBe(200);
    expect(visits.map(({ length }) => length)).toEqual([1]);
  });

  // What workerd, Bun and others pass: none of it is a request of node:http.
  test.each([null, 'text', 1, Object.create(null), { incoming: {}, outgoing: {} }, { incoming: 'a binding' }])(
    'may be %j',
    async (second) => {
      expect((await sessionHandler({ client, identify })(post(), second)).status).toBe(200);
    },
  );
});

describe('a request', () => {
  test('whose visitor has left gets the status 499, and FaceVerify is not asked', async () => {
    const before = received.length;
    const onError = vi.fn<(error: FaceVerifyError) => void>();
    const response = await sessionHandler({ client, identify, onError })(post({ signal: AbortSignal.abort() }));
    expect([response.status, await response.text()]).toEqual([499, '']);
    expect(received.length).toBe(before);
    expect(onError).not.toHaveBeenCalled();
  });

  test('whose visitor leaves meanwhile gets the status 499', async () => {
    const leaving = new AbortController();
    const handler = sessionHandler({
      identify,
      client: { ...client, fetch: async (url, init) => (leaving.abort(), fetch(url, init)) },
    });
    expect((await handler(post({ signal: leaving.signal }))).status).toBe(499);
  });

  test('may be of a class of its own, and what it adds is there for identify', async () => {
    class NextRequest extends Request {
      readonly cookies = new Map([['user', 'bob']]);
    }
    const handler = sessionHandler({
      client,
      identify: ({ cookies }: NextRequest) => ({ uniqueIdentifier: String(cookies.get('user')) }),
    });
    expect((await handler(new NextRequest('https://shop.example/kyc', { method: 'POST' }))).status).toBe(200);
    expect(sessions.at(-1)?.uniqueIdentifier).toBe('bob');
  });

  test('may be of another realm, with a signal that is missing', async () => {
    // As a server's own class: nothing of it is inherited from the global Request.
    const { method, url, headers } = post({ headers: { accept: 'text/html' } });
    const foreign = { method, url, headers: { get: (name: string) => headers.get(name) }, signal: undefined };
    // Safe: the handler reads what a Request has, and never asks what it is.
    const response = await sessionHandler({ client, identify })(foreign as unknown as Request);
    expect(response.status).toBe(303);
  });

  test('with several Origin headers comes from another site', async () => {
    const headers = new Headers({ host: 'shop.example', origin: 'https://shop.example' });
    headers.append('origin', 'https://evil.example');
    expect((await sessionHandler({ client, identify })(post({ headers }))).status).toBe(403);
  });

  test.each([
    { host: 'shop.example', origin: 'https://shop.example', status: 200 },
    { host: undefined, origin: 'https://shop.example', status: 200 }, // Over HTTP/2, and in tests.
    { host: 'inner.example', origin: 'https://shop.example', status: 403 }, // Behind a proxy that changes it.
    { host: 'shop.example', origin: 'https://inner.example', status: 403 },
  ])('to the host $host from $origin gets $status', async ({ host, origin, status }) => {
    const headers = { origin, ...(host !== undefined && { host }) };
    expect((await sessionHandler({ client, identify })(post({ headers }))).status).toBe(status);
  });

  test('with a method in lower case is not a POST, and is no way round sameOrigin()', async () => {
    const headers = new Headers({ origin: 'https://evil.example' });
    const odd = { method: 'post', url: 'https://shop.example/kyc', headers } as Request;
    expect((await sessionHandler({ client, identify })(odd)).status).toBe(405);
    expect(sameOrigin()(odd)?.status).toBe(403);
  });
});

describe('keys', () => {
  test('are looked for with the first request, other options at once', async () => {
    vi.stubEnv('FACEVERIFY_API_KEY', undefined);
    vi.stubEnv('FACEVERIFY_SECRET_KEY', undefined);
    const onError = vi.fn<(error: FaceVerifyError) => void>();
    const handler = sessionHandler({ identify, onError, client: { fetch } });
    expect((await handler(post())).status).toBe(500);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: 'invalid_options' });
    // Set later, as by a test or by a server that loads .env after its modules.
    vi.stubEnv('FACEVERIFY_API_KEY', apiKey);
    vi.stubEnv('FACEVERIFY_SECRET_KEY', secretKey);
    expect((await handler(post())).status).toBe(200);
    expect(() => sessionHandler({ identify, client: { timeoutMs: -1 } })).toThrow(/^timeoutMs/);
  });
});

describe('what identify throws', () => {
  const down = new Error('The login database is down');
  const throwing = (): never => {
    throw down;
  };
  test.each([true, false, undefined])('rejects the promise of the handler, with passErrors: %s', async (passErrors) => {
    await expect(sessionHandler({ client, identify: throwing, passErrors })(post())).rejects.toBe(down);
  });

  test('rejects it also where identify is async', async () => {
    await expect(sessionHandler({ client, identify: async () => throwing() })(post())).rejects.toBe(down);
  });
});

describe("the answer of a route of the app's own", () => {
  test('gets the headers of the ready route, which no app can change for the next', async () => {
    const { headers } = await sessionHandler({ client, identify })(post());
    for (const [name, value] of Object.entries(privateHeaders)) expect(headers.get(name)).toBe(value);
    expect(() => Object.assign(privateHeaders, { location: '/' })).toThrow(TypeError);
  });

  test('is refused to other sites by sameOrigin(), and left alone otherwise', async () => {
    const refuse = sameOrigin({ origins: ['https://app.example.com'] });
    const from = (origin: string): Request => post({ headers: { origin, 'sec-fetch-site': 'cross-site' } });
    const refused = refuse(from('https://evil.example'));
    expect([refused?.status, refused?.headers.get('content-type')]).toEqual([403, 'application/problem+json']);
    expect(refuse(from('https://app.example.com'))).toBeUndefined();
    expect(refuse(new Request('https://shop.example/kyc', { headers: { origin: 'null' } }))).toBeUndefined();
  });
});
