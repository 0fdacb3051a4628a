// The clients, each with a limit for a call and its defaults otherwise.
import { signedHeaders, subject, SESSION_PATH } from '../lib/vendor.mjs';

const PEERS = {
  async faceverify(baseUrl, timeoutMs, more = {}) {
    const { createFaceVerify } = await import('@faceverify/core');
    const { API_KEY, SECRET_KEY } = await import('../lib/vendor.mjs');
    const client = createFaceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl, timeoutMs, ...more });
    return (n) => client.createSession(subject(n));
  },

  'faceverify-fetch': (baseUrl, timeoutMs) =>
    PEERS.faceverify(baseUrl, timeoutMs, { fetch: (...args) => fetch(...args) }),

  /** The vendor's page, unchanged: it sets no limit. */
  async snippet(baseUrl) {
    const snippet = await import('../clients/snippet.mjs');
    return snippet.create({ baseUrl });
  },

  async stripe(baseUrl, timeout) {
    const { default: Stripe } = await import('stripe');
    const { hostname, port } = new URL(baseUrl);
    const stripe = new Stripe('sk_test_bench', { host: hostname, port, protocol: 'http', timeout, telemetry: false });
    const path = '/v2/session'; // It writes JSON only under /v2.
    return async (n) => {
      const params = subject(n);
      const additionalHeaders = signedHeaders(JSON.stringify(params), path);
      return (await stripe.rawRequest('POST', path, params, { additionalHeaders })).data;
    };
  },

  async openai(baseURL, timeout) {
    const { default: OpenAI } = await import('openai');
    const client = new OpenAI({ apiKey: 'bench', baseURL, timeout });
    return async (n) => {
      const body = subject(n);
      return (await client.post(SESSION_PATH, { body, headers: signedHeaders(JSON.stringify(body)) })).data;
    };
  },

  async ky(baseUrl, timeout) {
    const { default: ky } = await import('ky');
    return async (n) => {
      const body = JSON.stringify(subject(n));
      // By default it does not retry POST.
      const retry = { methods: ['post'] };
      return (await ky.post(baseUrl + SESSION_PATH, { headers: signedHeaders(body), body, timeout, retry }).json())
        .data;
    };
  },
};

/** A function that creates the nth session. */
export function create(peer, baseUrl, timeoutMs) {
  return PEERS[peer](baseUrl, timeoutMs);
}
