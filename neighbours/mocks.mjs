// Figure 10: what a mock answers comes out as it would from a server. One mock to a process, since each replaces
// parts of Node: `node mocks.mjs nock-14`.
import { Agent } from 'node:https';
import { parseArgs } from 'node:util';
import { createFaceVerify, FaceVerifyError } from '@faceverify/core';
import { check, within } from './lib/check.mjs';
import { KEYS, sessionAnswer } from './lib/vendor.mjs';

// An app's tests name the vendor's host, which is never reached: what the mock does not answer must fail.
const BASE_URL = 'https://start.faceverify.ai';
const PATH = '/api/v1/session';
const SESSION = JSON.stringify(sessionAnswer(BASE_URL));
const TIMEOUT_MS = 2_000;

/** What the vendor might answer: status, headers and body, and the outcome of the call. */
const ANSWERS = {
  JSON: { status: 200, headers: { 'content-type': 'application/json' }, body: SESSION, outcome: 'session-1' },
  'JSON with a length': {
    status: 200,
    headers: { 'content-type': 'application/json', 'content-length': String(SESSION.length) },
    body: SESSION,
    outcome: 'session-1',
  },
  'JSON as text': { status: 200, headers: {}, body: SESSION, outcome: 'session-1' },
  empty: { status: 200, headers: {}, body: '', outcome: 'bad_response 200' },
  'status 204': { status: 204, headers: {}, body: null, outcome: 'bad_response 204' },
  text: { status: 200, headers: { 'content-type': 'text/plain' }, body: 'no JSON', outcome: 'bad_response 200' },
  'status 302': { status: 302, headers: { location: 'https://example.com/' }, body: '', outcome: 'bad_response 302' },
  'status 400': {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: '{"success":false,"message":"bad country"}',
    outcome: 'rejected 400',
  },
  'status 401': { status: 401, headers: {}, body: 'who are you?', outcome: 'unauthorized 401' },
  'status 429': { status: 429, headers: { 'retry-after': '7' }, body: '', outcome: 'rate_limited 429, 7000 ms' },
  'status 500': { status: 500, headers: {}, body: '', outcome: 'upstream 500' },
  'status 503': { status: 503, headers: {}, body: 'busy', outcome: 'unavailable 503' },
};
const CALLS = { K: { uniqueIdentifier: 'user-1' }, N: {} };

const {
  positionals: [mockName],
} = parseArgs({ allowPositionals: true });
const mock = await createMock(mockName);

for (const [name, { outcome, ...answer }] of Object.entries(ANSWERS)) {
  await check(`${mockName}, ${name}`, () =>
    forEachCall(async (params, options) => {
      await mock.answer(answer);
      return compare(await outcomeOf(params, options), outcome);
    }),
  );
}
await check(`${mockName}, a network error`, () =>
  forEachCall(async (params, options) => {
    await mock.fail();
    return compare(await outcomeOf(params, options), mock.failure);
  }),
);
if (mock.forbid !== undefined) {
  await check(`${mockName}, nothing answers and the network is forbidden`, () =>
    forEachCall(async (params, options) => {
      await mock.forbid();
      return compare(await outcomeOf(params, options), mock.forbidden);
    }),
  );
}
await mock.stop();

/** Runs a call of each kind, with our own agents and with one of the user's own; gives what they have in common. */
async function forEachCall(run) {
  const outcomes = new Set();
  for (const params of Object.values(CALLS)) {
    for (const options of mock.options) outcomes.add(await run(params, options));
  }
  return [...outcomes].join(' or ');
}

async function outcomeOf(params, options) {
  const client = createFaceVerify({ ...KEYS, ...options, timeoutMs: TIMEOUT_MS, retry: false });
  try {
    const { sessionId } = await within(TIMEOUT_MS + 250, 'the call', client.createSession(params));
    return sessionId;
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    const { code, message, upstreamStatus, retryAfterMs } = error;
    const reason = /, ([A-Z][A-Z0-9_]+)\)\./.exec(message)?.[1];
    const wait = retryAfterMs === undefined ? '' : `, ${retryAfterMs} ms`;
    return [code, upstreamStatus, reason].filter((part) => part !== undefined).join(' ') + wait;
  } finally {
    await within(1_000, 'close()', client.close());
  }
}

function compare(actual, expected) {
  const isExpected = expected instanceof RegExp ? expected.test(actual) : actual === expected;
  if (!isExpected) throw new Error(`The call gave "${actual}" instead of "${expected}".`);
  return actual;
}

/** The mock of this process: how it answers, fails, and forbids everything else; `options` are those of clients. */
async function createMock(name) {
  const ownAndCustomAgent = [{}, { agent: new Agent() }];
  if (name.startsWith('nock')) {
    const { default: nock } = await import(name);
    const intercept = () => {
      nock.cleanAll();
      nock.disableNetConnect();
      return nock(BASE_URL).post(PATH);
    };
    return {
      options: ownAndCustomAgent,
      answer: ({ status, headers, body }) => void intercept().reply(status, body ?? undefined, headers),
      fail: () => void intercept().replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
      failure: 'connection ECONNRESET',
      forbid() {
        nock.cleanAll();
        nock.disableNetConnect();
      },
      forbidden: /^connection (ENETUNREACH|ERR_NOCK_NO_MATCH)$/,
      stop: () => nock.restore(),
    };
  }
  if (name.startsWith('msw')) {
    const { http, HttpResponse } = await import(name);
    const { setupServer } = await import(`${name}/node`);
    const server = setupServer();
    server.listen({ onUnhandledRequest: 'error' });
    const handle = (resolver) => server.resetHandlers(http.post(BASE_URL + PATH, resolver));
    return {
      options: [...ownAndCustomAgent, { fetch: (url, init) => fetch(url, init) }],
      answer: ({ status, headers, body }) => handle(() => new HttpResponse(body, { status, headers })),
      fail: () => handle(() => HttpResponse.error()),
      failure: /^connection/,
      forbid: () => server.resetHandlers(),
      forbidden: /^connection/,
      stop: () => server.close(),
    };
  }
  const { fetch: undiciFetch, MockAgent } = await import(name);
  let agent;
  const intercept = async () => {
    await agent?.close();
    agent = new MockAgent();
    agent.disableNetConnect();
    return agent.get(BASE_URL).intercept({ path: PATH, method: 'POST' });
  };
  return {
    options: [{ fetch: (url, init) => undiciFetch(url, { ...init, dispatcher: agent }) }],
    answer: async ({ status, headers, body }) => void (await intercept()).reply(status, body ?? '', { headers }),
    fail: async () =>
      void (await intercept()).replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
    failure: 'connection ECONNRESET',
    async forbid() {
      await intercept();
    },
    forbidden: 'connection UND_MOCK_ERR_MOCK_NOT_MATCHED',
    stop: () => agent.close(),
  };
}
