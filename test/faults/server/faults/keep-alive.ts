import { perKind, succeeds } from '../expectation.ts';
import { type Fault, IMPATIENT } from '../fault.ts';

/**
 * Connections that the server, or something between, has given up while the client still holds them.
 * On Node a call without an identifier opens its own, so none of this can hurt it; `fetch` offers no
 * such choice, and there it fails rather than risk a second session.
 */
export const KEEP_ALIVE: readonly Fault[] = [
  {
    name: 'kept connection: reset as the next request comes',
    warmUps: 1,
    expect: {
      node: { K: succeeds(2), N: succeeds(1) },
      fetch: { K: succeeds(2), N: perKind('connection').N },
    },
    onRequest: ({ kept, nth, socket, reply, session }) => {
      if (kept && nth === 1) socket.resetAndDestroy();
      else reply(200, session);
    },
  },
  {
    name: 'kept connection: closed as the next request comes',
    warmUps: 1,
    expect: {
      node: { K: succeeds(2), N: succeeds(1) },
      fetch: { K: succeeds(2), N: perKind('connection').N },
    },
    onRequest: ({ kept, nth, socket, reply, session }) => {
      if (kept && nth === 1) socket.end();
      else reply(200, session);
    },
  },
  {
    name: 'kept connection: silent for good',
    warmUps: 1,
    times: { ...IMPATIENT, attemptTimeoutMs: 800 },
    expect: {
      node: { K: succeeds(2), N: succeeds(1) },
      fetch: { K: succeeds(2), N: perKind('timeout').N },
    },
    onRequest: ({ kept, nth, reply, session }) => {
      if (!kept || nth > 1) reply(200, session);
    },
  },
  {
    // After a burst, a vendor that restarts leaves many such connections: a retry must not take the next.
    name: 'five kept connections: all reset as a request comes',
    warmUps: 5,
    expect: {
      node: { K: succeeds(2), N: succeeds(1) },
      fetch: { K: succeeds(2), N: perKind('connection').N },
    },
    onRequest: ({ kept, socket, reply, session }) => {
      if (kept) socket.resetAndDestroy();
      else reply(200, session);
    },
  },
];
