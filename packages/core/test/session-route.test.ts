import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FaceVerify } from '../src/client.ts';
import { FAILURES, FaceVerifyError, type FailureCode } from '../src/errors.ts';
import type { SessionParams } from '../src/session.ts';
import {
  createSessionRoute,
  type RouteRequest,
  type RouteResponse,
  type SessionRouteOptions,
} from '../src/adapter/index.ts';
import { rejection } from './client-of.ts';

/** What every adapter's route does is in the contract suite; here are its rules at their edges. */

const session = { sessionId: 's1', url: 'https://start.faceverify.ai/new/x', token: 'a-token', baseUrl: 'b' };
const seen: SessionParams[] = [];
afterEach(() => {
  seen.length = 0;
  vi.restoreAllMocks();
});

function clientThat(create: () => Promise<typeof session>): FaceVerify {
  return {
    createSession: async (params = {}) => {
      seen.push(params);
      return create();
    },
    request: () => Promise.reject(new Error('The route makes no other call.')),
    close: () => Promise.resolve(),
  };
}
const works = clientThat(() => Promise.resolve(session));
const fails = (code: FailureCode, details = {}): FaceVerify =>
  clientThat(() => Promise.reject(new FaceVerifyError(code, 'for the operator', details)));

function request(headers: Record<string, string> = {}, method = 'POST', signal?: AbortSignal): RouteRequest {
  return { method, header: (name) => headers[name], signal: signal ?? new AbortController().signal };
}
type Options = Partial<SessionRouteOptions<string>>;
async function answerTo(
  given: RouteRequest,
  options: Options = {},
  client = works,
): Promise<RouteResponse | undefined> {
  const identify = (user: string): { uniqueIdentifier: string } => ({ uniqueIdentifier: user });
  const route = createSessionRoute({ identify, ...options }, { mounted: () => client });
  return route(given, 'user123');
}
const bodyOf = (answer: RouteResponse | undefined): unknown => JSON.parse(answer?.body ?? 'null');

describe('where a request may come from', () => {
  const host = { host: 'app.example' };
  test.each<[string, Record<string, string>, boolean, string[]?]>([
    ['no Origin at all', { ...host }, true],
    ['its own host', { ...host, origin: 'https://app.example' }, true],
    ['its own host, default port given', { host: 'app.example:443', origin: 'https://app.example' }, true],
    ['its own host, default port of http', { host: 'app.example:80', origin: 'http://app.example' }, true],
    ['its own host in capitals', { host: 'APP.example', origin: 'https://app.example' }, true],
    ['its own host over HTTP/2', { ':authority': 'app.example', origin: 'https://app.example' }, true],
    ['its own IPv6 host', { host: '[::1]:3000', origin: 'http://[::1]:3000' }, true],
    ['another port', { host: 'app.example:8080', origin: 'https://app.example' }, false],
    ['the default port of the other scheme', { host: 'app.example:80', origin: 'https://app.example' }, false],
    ['another host', { ...host, origin: 'https://evil.example' }, false],
    ['a sibling', { ...host, origin: 'https://www.app.example' }, false],
    ['an opaque origin', { ...host, origin: 'null' }, false],
    ['an Origin with a path', { ...host, origin: 'https://app.example/' }, false],
    ['an Origin in capitals', { ...host, origin: 'https://APP.example' }, false],
    ['no Host', { origin: 'https://app.example' }, false],
    ['a Host with user info', { host: 'evil@app.example', origin: 'https://app.example' }, false],
    ['only X-Forwarded-Host', { ...host, 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' }, false],
    ['same-origin fetch metadata', { ...host, 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
    ['the address bar', { ...host, 'sec-fetch-site': 'none' }, true],
    ['a cross-site page', { ...host, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false],
    ['a cross-site page without Origin', { ...host, 'sec-fetch-site': 'cross-site' }, false],
    ['a same-site page', { ...host, 'sec-fetch-site': 'same-site', origin: 'https://app.example' }, false],
    ['fetch metadata nobody knows', { ...host, 'sec-fetch-site': 'maybe' }, false],
    [
      'an allowed origin',
      { ...host, 'sec-fetch-site': 'cross-site', origin: 'https://www.example' },
      true,
      ['https://www.example'],
    ],
    ['almost an allowed origin', { ...host, origin: 'https://www.example:444' }, false, ['https://www.example']],
  ])('%s', async (_what, headers, allowed, origins = []) => {
    const identify = vi.fn(() => ({ uniqueIdentifier: 'user123' }));
    const answer = await answerTo(request(headers), { origins, identify });
    expect(answer?.status).toBe(allowed ? 200 : 403);
    expect(identify).toHaveBeenCalledTimes(allowed ? 1 : 0);
    if (!allowed) expect(bodyOf(answer)).toMatchObject({ code: 'cross_site', status: 403 });
  });

  test.each([
    'capacitor://localhost',
    'ionic://localhost',
    'tauri://localhost',
    'app://my-app',
    'chrome-extension://abcdef',
    'moz-extension://4f2a-1',
  ])('the origin %s of an app or an extension can be listed', async (origin) => {
    const headers = { host: 'app.example', origin, 'sec-fetch-site': 'cross-site' };
    expect(await answerTo(request(headers), { origins: [origin] })).toMatchObject({ status: 200 });
    expect(await answerTo(request(headers))).toMatchObject({ status: 403 });
  });

  test.each([
    'javascript://a',
    'data:text/html,x',
    'file:///x',
    'blob:https://a.example/x',
    'about:blank',
    'capacitor://localhost/',
    'app://a/x',
    'App://a',
    'app://',
    'capacitor:localhost',
    'ftp://a/',
    'null',
    '*',
    'https://a.example/',
    'https://a.example/x',
    'a.example',
    'HTTPS://a.example',
    '',
  ])('the origin %j is refused when the app starts', (origin) => {
    expect(() => createSessionRoute({ identify: () => null, origins: [origin] }, {})).toThrow(
      /origins must be a list of origins/,
    );
  });
});

describe('how it answers', () => {
  test.each<[string | undefined, number]>([
    [undefined, 200],
    ['*/*', 200],
    ['application/json', 200],
    ['text/html', 303],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 303],
    ['application/json, TEXT/HTML;level=1', 303],
    ['text/html;q=0', 200],
    ['text/html; q=0.000', 200],
    ['text/html;q=0.1', 303],
    ['text/*', 200],
    ['text/html2', 200],
    ['x-text/html', 200],
  ])('Accept: %s gets %d', async (accept, status) => {
    const answer = await answerTo(request(accept === undefined ? {} : { accept }));
    expect(answer).toMatchObject({ status, vary: 'Accept, Sec-Fetch-Mode, HX-Request' });
    if (status === 200) expect(bodyOf(answer)).toEqual({ sessionId: 's1', url: session.url });
    else expect(answer).toMatchObject({ body: '', headers: { location: session.url } });
  });

  test('respond fixes the form', async () => {
    expect(await answerTo(request({ accept: 'text/html' }), { respond: 'json' })).toMatchObject({
      status: 200,
      vary: undefined,
    });
    expect(await answerTo(request(), { respond: 'redirect' })).toMatchObject({ status: 303, vary: undefined });
  });

  test.each<[string, Record<string, string>, number]>([
    ['a browser that navigates', { accept: 'text/html', 'sec-fetch-mode': 'navigate' }, 303],
    ['an old browser', { accept: 'text/html' }, 303],
    ['Turbo, which fetches pages', { accept: 'text/vnd.turbo-stream.html, text/html', 'sec-fetch-mode': 'cors' }, 200],
    ['a script of the page', { accept: 'text/html', 'sec-fetch-mode': 'same-origin' }, 200],
  ])('%s gets %d', async (_who, headers, status) => {
    expect(await answerTo(request(headers))).toMatchObject({ status });
  });

  test('htmx is told where to go, since it cannot follow a redirect to another origin', async () => {
    const headers = { accept: 'text/html, */*', 'hx-request': 'true', 'sec-fetch-mode': 'cors' };
    for (const respond of ['auto', 'redirect'] as const) {
      const answer = await answerTo(request(headers), { respond });
      expect(answer).toMatchObject({ status: 200, headers: { 'hx-redirect': session.url }, body: '' });
    }
    expect(bodyOf(await answerTo(request(headers), { respond: 'json' }))).toHaveProperty('url');
    const failed = await answerTo(
      request(headers),
      { failureUrl: '/failed', onError: () => undefined },
      fails('timeout'),
    );
    expect(failed?.headers['hx-redirect']).toMatch(/^\/failed\?code=timeout&requestId=/);
  });

  test('nothing of it may be kept or passed on', async () => {
    const guarded = {
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    };
    expect((await answerTo(request()))?.headers).toMatchObject(guarded);
    expect((await answerTo(request({}, 'GET')))?.headers).toMatchObject({ ...guarded, allow: 'POST' });
  });
});

describe('for whom', () => {
  test.each([undefined, null, false, '', 0] as const)('%j means that nobody is signed in', async (nobody) => {
    expect(bodyOf(await answerTo(request(), { identify: () => nobody }))).toMatchObject({
      code: 'unauthenticated',
      status: 401,
    });
    expect(seen).toEqual([]);
  });

  test('identifier and country, and nothing else of what identify gives', async () => {
    const user = { uniqueIdentifier: 'user123', country: 'US', password: 'x' };
    await answerTo(request(), { identify: async () => user });
    expect(seen).toEqual([{ uniqueIdentifier: 'user123', country: 'US' }]);
  });

  test('an identity without identifier stays one, for createSession to refuse', async () => {
    // Safe: the wrong types are the point.
    await answerTo(request(), { identify: () => ({ country: 'US' }) as never });
    await answerTo(request(), { identify: () => Object.create({ uniqueIdentifier: 'inherited' }) as never });
    expect(seen.map((params) => ['uniqueIdentifier' in params, params.uniqueIdentifier])).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
  });

  test('what identify throws is passed on, one of our own errors too', async () => {
    for (const thrown of [new Error('of the app'), new FaceVerifyError('closed', 'of another client')]) {
      const identify = (): never => {
        throw thrown;
      };
      expect(await rejection(answerTo(request(), { identify }))).toBe(thrown);
    }
  });
});

describe('when it fails', () => {
  // Safe: the keys of a record of codes are codes.
  test.each(Object.keys(FAILURES) as FailureCode[])('%s', async (code) => {
    const onError = vi.fn();
    const client = fails(code, { requestId: 'id-1', retryAfterMs: 1_001 });
    const { status = 503, title } = FAILURES[code];
    if (code === 'aborted') {
      const left = request({}, 'POST', AbortSignal.abort());
      expect(await answerTo(left, { onError }, client)).toBeUndefined();
      expect(onError).not.toHaveBeenCalled();
    }
    // A visitor who is still there gets an answer, no matter who cancelled what.
    const answer = await answerTo(request(), { onError }, client);
    expect(answer).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '2' },
    });
    expect(bodyOf(answer)).toEqual({ title, status, code, requestId: 'id-1' });
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code }), 'user123');
  });

  const BROWSER = { accept: 'text/html', host: 'shop.example' };

  test('a person gets a page, with the status and headers of the problem details', async () => {
    const client = fails('unavailable', { requestId: 'id-<1>', retryAfterMs: 7_000 });
    const answer = await answerTo(request(BROWSER), { onError: () => undefined }, client);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '7', 'cache-control': 'no-store' } });
    expect(answer?.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer?.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer?.body).toContain('<h1>The verification service is unavailable</h1>');
    expect(answer?.body).toContain('id-&#60;1&#62;');
    expect(answer?.body).toContain('<html lang="en">');
    expect(answer?.body).not.toMatch(/<script|id-<1>/);
  });

  test.each<[string, string | undefined, string]>([
    ['the page of the same host', 'https://shop.example/cart?a=1&b="2"', 'https://shop.example/cart?a=1&#38;b=%222%22'],
    ['the start page, from another host', 'https://evil.example/', '/'],
    ['the page without user info', 'https://u:p@shop.example/cart', 'https://shop.example/cart'],
    ['the start page, from another scheme', 'ftp://shop.example/', '/'],
    ['the start page, from a host that begins alike', 'https://shop.example.evil.example/', '/'],
    ['the start page, from a scheme of its own', 'javascript://shop.example/%0aalert(1)', '/'],
    ['the start page, from nowhere', undefined, '/'],
  ])('its way back leads to %s', async (_where, referer, href) => {
    const headers = referer === undefined ? BROWSER : { ...BROWSER, referer };
    const answer = await answerTo(request(headers), { identify: () => null });
    expect(answer).toMatchObject({ status: 401 });
    expect(/<a href="([^"]*)">/.exec(answer?.body ?? '')?.[1]).toBe(href);
  });

  test.each<[string, Options, FaceVerify, string]>([
    ['a failure', {}, fails('timeout', { requestId: 'id-1' }), '/failed?from=shop&code=timeout&requestId=id-1#top'],
    ['nobody signed in', { identify: () => null }, works, '/failed?from=shop&code=unauthenticated&requestId='],
  ])('after %s a person is sent to failureUrl', async (_what, options, client, location) => {
    const failureUrl = '/failed?from=shop#top';
    const answer = await answerTo(request(BROWSER), { onError: () => undefined, ...options, failureUrl }, client);
    expect(answer).toMatchObject({ status: 303, body: '' });
    expect(answer?.headers['location']?.startsWith(location)).toBe(true);
    const script = await answerTo(request(), { onError: () => undefined, ...options, failureUrl }, client);
    expect(script?.headers['content-type']).toBe('application/problem+json');
  });

  test('failureUrl is not for requests from other sites, nor for other methods', async () => {
    const crossSite = { ...BROWSER, origin: 'https://evil.example' };
    expect(await answerTo(request(crossSite), { failureUrl: '/failed' })).toMatchObject({ status: 403 });
    expect(await answerTo(request(BROWSER, 'GET'), { failureUrl: '/failed' })).toMatchObject({ status: 405 });
  });

  test.each([
    'failed',
    '//evil.example/',
    '/\\evil.example',
    'https://evil.example/',
    '/a/..//evil.example',
    '/\t/evil',
    '/ö',
    '',
    7,
  ])('the failureUrl %j is refused when the app starts', (failureUrl) => {
    // Safe: the wrong types are tested.
    const start = (): unknown => createSessionRoute({ identify: () => null, failureUrl: failureUrl as string }, {});
    expect(start).toThrow(/^failureUrl must be a path of your app/);
  });

  test('passErrors hands it to the framework, after telling the operator', async () => {
    const onError = vi.fn();
    const error = await rejection(answerTo(request(), { onError, passErrors: true }, fails('timeout')));
    expect(error).toMatchObject({ code: 'timeout' });
    expect(onError).toHaveBeenCalledOnce();
  });

  test.each([() => Promise.reject(new Error('of the hook')), vi.fn().mockThrow(new Error('of the hook'))])(
    'a hook that fails changes nothing',
    async (onError) => {
      expect(await answerTo(request(), { onError }, fails('unavailable'))).toMatchObject({ status: 503 });
    },
  );

  test('without onError one line is logged', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await answerTo(request(), {}, fails('timeout', { requestId: 'id-1' }));
    expect(log.mock.calls).toEqual([['FaceVerify timeout [id-1]: for the operator']]);
    await rejection(answerTo(request(), { passErrors: true }, fails('timeout')));
    expect(log).toHaveBeenCalledOnce(); // The framework is told then.
  });

  test.each([undefined, null, false, 0, '', 'route', 'router'])(
    '%j, thrown by a function of the app, is passed on as an Error',
    async (thrown) => {
      const fail = (): never => {
        // oxlint-disable-next-line typescript/only-throw-error -- The point.
        throw thrown;
      };
      // Express takes these for "go on", and Koa never answers after some of them.
      for (const identify of [fail, async () => fail()]) {
        const error = await rejection(answerTo(request(), { identify }));
        expect(error).toBeInstanceOf(Error);
        expect(error).toMatchObject({ message: 'A non-Error was thrown.', cause: thrown });
      }
    },
  );

  test('a promise that can be called, as between Workers, is one', async () => {
    const callable = (value: unknown): unknown =>
      Object.assign(() => undefined, { then: (done: (given: unknown) => void) => done(value) });
    // Safe: what it says about its promise is too little.
    const identify = (): never => callable({ uniqueIdentifier: 'user7' }) as never;
    expect(await answerTo(request(), { identify })).toMatchObject({ status: 200 });
    expect(seen).toEqual([{ uniqueIdentifier: 'user7', country: undefined }]);
  });

  test('an error with a code of another version is passed on', async () => {
    // Safe: the wrong type is the point.
    const code = 'of_tomorrow' as FailureCode;
    expect(await rejection(answerTo(request(), {}, fails(code)))).toMatchObject({ code });
  });

  test('an error that is not ours is passed on', async () => {
    const bug = new TypeError('a bug');
    expect(
      await rejection(
        answerTo(
          request(),
          {},
          clientThat(() => Promise.reject(bug)),
        ),
      ),
    ).toBe(bug);
  });

  test('a polluted prototype is no option', async () => {
    const prototype: Record<string, unknown> = Object.prototype as never;
    const polluted = { client: fails('closed'), respond: 'redirect', passErrors: true };
    Object.assign(prototype, polluted);
    try {
      expect(await answerTo(request())).toMatchObject({ status: 200 });
    } finally {
      for (const name of Object.keys(polluted)) delete prototype[name];
    }
  });

  test.each<[string, unknown, RegExp]>([
    ['identify missing', {}, /identify is missing. Add \(request\) =>/],
    ['an unknown respond', { identify: () => null, respond: 'html' }, /respond must be/],
    ['an unknown option', { identify: () => null, redirect: true }, /no option "redirect"/],
    ['origins as text', { identify: () => null, origins: 'https://a.example' }, /origins must be a list of origins/],
    ['a hook that is none', { identify: () => null, onError: 'log' }, /onError must be a function/],
    ['nothing', undefined, /sessionHandler must be a plain object/],
  ])('%s stops the app when it starts', (_what, options, message) => {
    // Safe: the wrong types are the point.
    const start = (): unknown => createSessionRoute(options as SessionRouteOptions<string>, {});
    expect(start).toThrow(message);
    expect(start).toThrow(expect.objectContaining({ code: 'invalid_options' }));
  });
});
