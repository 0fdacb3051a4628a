import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { faceVerify, sessionHandler, sessionRoute } from '../src/index.ts';

const URL = '/face-verify/session';
const FORM = 'application/x-www-form-urlencoded';
const client = { apiKey: 'key', secretKey: 'secret' };
// Nobody is signed in, so a request that comes so far gets 401, and no vendor is needed.
const identify = (): null => null;

async function statusOf(app: FastifyInstance, request: InjectOptions = {}): Promise<number> {
  const { statusCode } = await app.inject({ method: 'POST', url: URL, ...request });
  return statusCode;
}

describe("sessionRoute leaves the app's parsers alone", () => {
  const register = {
    formbody: (app: FastifyInstance) => void app.register(formbody),
    sessionRoute: (app: FastifyInstance) => void app.register(sessionRoute, { url: URL, client, identify }),
  };

  test.each([
    ['before', [register.sessionRoute, register.formbody]],
    ['after', [register.formbody, register.sessionRoute]],
  ] as const)('when it is registered %s @fastify/formbody', async (_when, steps) => {
    const app = fastify();
    for (const step of steps) step(app);
    app.post('/echo', async (request) => ({ body: request.body }));

    const echo = async (type: string, payload: string): Promise<string> => {
      const { body } = await app.inject({ method: 'POST', url: '/echo', headers: { 'content-type': type }, payload });
      return body;
    };
    expect(await echo(FORM, 'a=1')).toBe('{"body":{"a":"1"}}');
    expect(await echo('application/json', '{"a":1}')).toBe('{"body":{"a":1}}');
    expect(await echo('application/json', '')).toContain('FST_ERR_CTP_EMPTY_JSON_BODY');
    expect(await echo('image/png', 'x')).toContain('FST_ERR_CTP_INVALID_MEDIA_TYPE');

    for (const type of [FORM, 'application/json', 'image/png', 'nonsense', '']) {
      for (const payload of ['', '{']) {
        expect(await statusOf(app, { headers: { 'content-type': type }, payload })).toBe(401);
      }
    }
  });

  test('whatever they are: none of them is asked', async () => {
    const app = fastify();
    const parsed = vi.fn();
    for (const type of ['*', FORM, /^image/]) app.addContentTypeParser(type, async () => parsed());
    register.sessionRoute(app);
    for (const type of [FORM, 'image/png', 'text/csv']) {
      expect(await statusOf(app, { headers: { 'content-type': type }, payload: 'x' })).toBe(401);
    }
    expect(parsed).not.toHaveBeenCalled();
  });
});

describe('sessionRoute', () => {
  const order: string[] = [];
  afterEach(() => void order.splice(0));

  test("asks identify after every hook of the app's and the route's", async () => {
    const step = (name: string) => async (): Promise<void> => void order.push(name);
    const app = fastify();
    app.register(sessionRoute, {
      url: URL,
      client,
      onRequest: step('onRequest of the route'),
      preHandler: [step('preHandler of the route'), step('its second')],
      identify: () => {
        order.push('identify');
        return identify();
      },
    });
    app.addHook('onRequest', step('onRequest of the app'));
    app.addHook('preHandler', step('preHandler of the app'));
    expect(await statusOf(app)).toBe(401);
    expect(order).toEqual([
      'onRequest of the app',
      'onRequest of the route',
      'preHandler of the app',
      'preHandler of the route',
      'its second',
      'identify',
    ]);
  });

  test('asks nobody if a hook has answered', async () => {
    const app = fastify();
    app.register(sessionRoute, {
      url: URL,
      client,
      preHandler: async (_request, reply) => reply.code(429).send('Too many'),
      identify: () => expect.unreachable(),
    });
    expect(await statusOf(app)).toBe(429);
  });

  test('takes the prefix of register, and that of the scope around it', async () => {
    const app = fastify();
    app.register(
      async (scope) => void scope.register(sessionRoute, { prefix: '/kyc', url: '/start', client, identify }),
      {
        prefix: '/shop',
      },
    );
    expect(await statusOf(app, { url: '/shop/kyc/start' })).toBe(401);
    expect(await statusOf(app, { url: '/kyc/start' })).toBe(404);
  });

  test('declares POST alone: a page may have the same path', async () => {
    const app = fastify();
    app.register(sessionRoute, { url: URL, client, identify });
    app.get(URL, async () => 'the page with the button');
    expect((await app.inject(URL)).body).toBe('the page with the button');
    expect(await statusOf(app, { method: 'PUT' })).toBe(404);
    expect(await statusOf(app)).toBe(401);
  });

  test("hands Fastify what is Fastify's: config, hooks of the answer, constraints", async () => {
    const app = fastify();
    const seen: unknown[] = [];
    app.register(sessionRoute, {
      url: URL,
      client,
      identify: (request) => {
        seen.push(request.routeOptions.config);
        return identify();
      },
      config: { rateLimit: { max: 5 } },
      constraints: { host: 'shop.example' },
      onSend: async (_request, reply) => void reply.header('x-sent', '1'),
    });
    const answer = await app.inject({ method: 'POST', url: URL, headers: { host: 'shop.example' } });
    expect([answer.statusCode, answer.headers['x-sent']]).toEqual([401, '1']);
    expect(seen).toMatchObject([{ rateLimit: { max: 5 } }]);
    expect(await statusOf(app, { headers: { host: 'other.example' } })).toBe(404);
  });

  test('sends the same bytes whatever the app does to payloads that it serialises', async () => {
    const app = fastify();
    app.setReplySerializer(() => 'not this');
    app.addHook('preSerialization', async () => ({ nor: 'this' }));
    app.register(sessionRoute, { url: URL, client, identify, failureUrl: '/failed' });
    const answer = await app.inject({ method: 'POST', url: URL });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'unauthenticated' });
    const redirect = await app.inject({ method: 'POST', url: URL, headers: { accept: 'text/html' } });
    expect(redirect.headers.location).toMatch(/^\/failed\?/);
    expect(redirect.headers).not.toHaveProperty('content-type');
  });
});

test('sessionRoute adds no answer to that of a timeout of the app', async () => {
  const logged: string[] = [];
  const app = fastify({ handlerTimeout: 1, logger: { level: 'warn', stream: { write: (line) => logged.push(line) } } });
  let finishLogin: ((nobody: null) => void) | undefined;
  app.register(sessionRoute, { url: URL, client, identify: () => new Promise((resolve) => (finishLogin = resolve)) });
  expect(await statusOf(app)).toBe(503);
  finishLogin?.(null);
  await new Promise(setImmediate);
  expect(logged).toEqual([expect.stringContaining('FST_ERR_HANDLER_TIMEOUT')]);
});

describe('when the app starts, sessionRoute is refused', () => {
  test.each([
    ['without identify', {}, /^identify is missing/],
    ['with a misspelt option', { identify, origin: [] }, /^sessionHandler has no option "origin"/],
    ['with an option of Fastify that it sets itself', { identify, method: 'GET' }, /^sessionHandler has no option/],
    ['without keys, where no client is attached', { identify, client: undefined }, /^apiKey is missing.*API_KEY/],
  ])('%s', async (_what, options, message) => {
    const app = fastify();
    // As an app in JavaScript would.
    app.register(sessionRoute, { url: URL, client, ...options } as Parameters<typeof sessionRoute>[1]);
    await expect(app.ready()).rejects.toThrow(message);
  });

  test('but not where faceVerify() was registered before it', async () => {
    const app = fastify();
    app.register(faceVerify(client));
    app.register(sessionRoute, { url: URL, identify });
    expect(await statusOf(app)).toBe(401);
  });
});

test("sessionHandler is for a route of one's own, whose body the app's parsers read", async () => {
  for (const [parsers, status] of [
    [[], 415],
    [[formbody], 401],
  ] as const) {
    const app = fastify();
    for (const parser of parsers) app.register(parser);
    app.post(URL, sessionHandler({ client, identify }));
    expect(await statusOf(app)).toBe(401);
    expect(await statusOf(app, { headers: { 'content-type': FORM } })).toBe(status);
  }
});
