import { specified } from '../expectation.ts';
import type { Fault } from '../fault.ts';

/** A redirect that is followed carries the signature, and with 307 and 308 the identifier, to another host. */
export const REDIRECTS: readonly Fault[] = [300, 301, 302, 303, 304, 305, 307, 308, 399].map((status) => ({
  name: `redirect ${status} to another host`,
  expect: specified('bad_response'),
  onRequest: ({ reply, trap, hostile }) => {
    // A 304 has no body, whatever its headers say.
    reply(status, status === 304 ? '' : hostile, { location: `${trap}/api/v1/session` });
  },
}));

/** Redirects that look harmless, or try to upset the client. */
export const ODD_REDIRECTS: readonly Fault[] = [
  {
    name: 'redirect 307 to itself',
    expect: specified('bad_response'),
    onRequest: ({ reply, hostile }) => reply(307, hostile, { location: '/api/v1/session' }),
  },
  {
    name: 'redirect 302 without a Location',
    expect: specified('bad_response'),
    onRequest: ({ reply, hostile }) => reply(302, hostile),
  },
  {
    name: 'redirect 302 to an address that is none',
    expect: specified('bad_response'),
    onRequest: ({ reply, hostile }) => reply(302, hostile, { location: 'http://[' }),
  },
  {
    name: '200 with Location and Refresh',
    expect: specified('ok'),
    onRequest: ({ reply, trap, session }) => reply(200, session, { location: trap, refresh: `0; url=${trap}` }),
  },
];
