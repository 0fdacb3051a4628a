// Point 25: a host with an IPv4 address that takes 320 ms to connect, and an IPv6 address that leads nowhere. Node tries
// each address but the last for 250 ms: where the system sorts IPv4 first, as it does without a route for IPv6, no
// attempt ever succeeds. The client must allow more.
import dns from 'node:dns';
import { Agent, get } from 'node:http';
import process from 'node:process';
import { createFaceVerify } from '@faceverify/core';
import { check, within } from './lib/check.mjs';
import { KEYS, startVendor } from './lib/vendor.mjs';

const HOST = 'slow.example.com';
const CONNECT_MS = 320;
const UV_ENETUNREACH = -101;

/** What IPv6 does. Without a route it fails at once; behind some firewalls nothing ever comes back. */
let ipv6 = 'no route';
let order = [4, 6];

// Below node:net nothing is replaced but the system's two calls: TCP connections, and name lookup.
const { TCP } = process.binding('tcp_wrap');
const { connect } = TCP.prototype;
TCP.prototype.connect = function connectSlowly(...args) {
  let isClosed = false;
  const { close } = this;
  this.close = (...given) => {
    isClosed = true;
    return close.apply(this, given);
  };
  setTimeout(() => {
    if (!isClosed) connect.apply(this, args);
  }, CONNECT_MS);
  return 0;
};
TCP.prototype.connect6 = () => (ipv6 === 'no route' ? UV_ENETUNREACH : 0);
const { lookup } = dns;
dns.lookup = (host, options, callback) => {
  if (host !== HOST) {
    lookup(host, options, callback);
    return;
  }
  const addresses = order.map((family) => ({ address: family === 6 ? '2001:db8::1' : '127.0.0.1', family }));
  setImmediate(() => (options.all ? callback(null, addresses) : callback(null, ...Object.values(addresses[0]))));
};

const vendor = await startVendor();
const baseUrl = vendor.baseUrl.replace('127.0.0.1', HOST);
for (const { what, addresses, answer } of [
  { what: 'IPv4 first, no route for IPv6', addresses: [4, 6], answer: 'no route' },
  { what: 'IPv4 first, silence on IPv6', addresses: [4, 6], answer: 'silence' },
  { what: 'IPv6 first, no route for it', addresses: [6, 4], answer: 'no route' },
  { what: 'IPv6 first, silence on it', addresses: [6, 4], answer: 'silence' },
]) {
  for (const [kind, params] of Object.entries({ K: { uniqueIdentifier: 'user-1' }, N: {} })) {
    await check(`${what}, ${kind}: a session at the first attempt`, async () => {
      order = addresses;
      ipv6 = answer;
      const attempts = [];
      const client = createFaceVerify({
        ...KEYS,
        baseUrl,
        allowHttp: true,
        sessionHosts: [new URL(vendor.baseUrl).host],
        onAttempt: ({ code, durationMs }) => attempts.push(`${code ?? 'ok'} after ${Math.round(durationMs)} ms`),
      });
      const call = client.createSession(params).finally(() => client.close());
      const { sessionId } = await within(12_000, 'the call', call);
      if (attempts.length !== 1) throw new Error(attempts.join(', '));
      return `${sessionId}, ${attempts.join(', ')}`;
    });
  }
}
await check('what Node does by itself never connects here: this network is slow indeed', async () => {
  order = [4, 6];
  ipv6 = 'no route';
  const error = await new Promise((resolve, reject) => {
    const request = get(baseUrl, { agent: new Agent() }, () => reject(new Error('Node has connected.')));
    request.on('error', resolve);
  });
  return error.code;
});
vendor.close();
