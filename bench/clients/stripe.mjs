import Stripe from 'stripe';
import { signedHeaders, subject } from '../lib/vendor.mjs';

/** stripe-node's raw request. It writes JSON only under /v2, so the path differs; the body and the signing do not. */
const PATH = '/v2/session';

export function create({ baseUrl }) {
  const { hostname, port, protocol } = new URL(baseUrl);
  const stripe = new Stripe('sk_test_bench', { host: hostname, port, protocol: protocol.slice(0, -1) });
  return async (n) => {
    const params = subject(n);
    const headers = signedHeaders(JSON.stringify(params), PATH);
    const { data } = await stripe.rawRequest('POST', PATH, params, { additionalHeaders: headers });
    return data;
  };
}
