import { promised } from '../expectation.ts';
import type { Fault } from '../fault.ts';

/** A redirect that is followed carries the signature, and with 307 and 308 the identifier, to another host. */
export const REDIRECTS: readonly Fault[] = [300, 301, 302, 303, 304, 305, 307, 308, 399].map((status) => ({
  name: `redirect ${status} to another host`,
  expect: promised('bad_response'),
  onRequest: ({ reply, sink, hostile }) => {
    // A 304 has no body, whatever its headers say.
    reply(status, status === 304 ? '' : hostile, { location: `${sink}/api/v1/session` });
  },
}));

/** Redirects that look harmless, or try to upset the client. */
export const ODD_REDIRECTS: readonly Fault[] = [
  {
    name: 'redirect 307 to itself',
    expect: promised('bad_response'),
    onRequest: ({ reply, hostile }) => reply(307, hostile, { location: '/api/v1/session' }),
  },
  {
    name: 'redirect 302 without a Location',
    expect: promised('bad_response'),
    onRequest: ({ reply, hostile }) => reply(302, hostile),
  },
  {
    name: 'redirect 302 to an address that is none',
    expect: promised('bad_response'),
    onRequest: ({ reply, hostile }) => reply(302, hostile, { location: 'http://[' }),
  },
  {
    name: '200 with Location and Refresh',
    expect: promised('ok'),
    onRequest: ({ reply, sink, session }) => reply(200, session, { location: sink, refresh: `0; url=${sink}` }),
  },
];
