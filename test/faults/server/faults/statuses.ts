import { message } from '../answers.ts';
import { type ResultCode, perKind, specified, succeeds } from '../expectation.ts';
import { type AnswerHeaders, type Fault, IMPATIENT } from '../fault.ts';
import { LINK, SESSION_ID } from '../secrets.ts';

/** Every status with which a vendor, or something before it, may answer, and what it means. */
const MEANINGS: ReadonlyArray<readonly [status: number, meaning: ResultCode]> = [
  [201, 'bad_response'],
  [202, 'bad_response'],
  [206, 'bad_response'],
  [299, 'bad_response'],
  [400, 'rejected'],
  [401, 'unauthorized'],
  [402, 'rejected'],
  [403, 'unauthorized'],
  [404, 'rejected'],
  [405, 'rejected'],
  [408, 'timeout'],
  [409, 'rejected'],
  [413, 'rejected'],
  [415, 'rejected'],
  [418, 'rejected'],
  [422, 'rejected'],
  [425, 'rejected'],
  [429, 'rate_limited'],
  [451, 'rejected'],
  [499, 'rejected'],
  [500, 'upstream'],
  [501, 'upstream'],
  [502, 'upstream'],
  [503, 'unavailable'],
  [504, 'timeout'],
  [505, 'upstream'],
  [511, 'upstream'],
  [520, 'upstream'],
  [599, 'upstream'],
];

/** Statuses that a client may answer by itself if it is told how: it must not. */
const TEMPTATIONS: Readonly<Record<number, AnswerHeaders>> = {
  401: { 'www-authenticate': 'Basic realm="vendor"' },
  407: { 'proxy-authenticate': 'Basic realm="proxy"' },
};

function answers(name: string, status: number, meaning: ResultCode, headers: AnswerHeaders = {}): Fault {
  return {
    name,
    expect: specified(meaning),
    onRequest: ({ reply, hostile }) => reply(status, hostile, headers),
  };
}

/** What every status comes to, and that a fault which passes is got over. */
export const STATUSES: readonly Fault[] = [
  ...MEANINGS.map(([status, meaning]) => answers(`status ${status}`, status, meaning, TEMPTATIONS[status])),
  {
    // `fetch` hides a proxy's demand: it looks like a connection that failed.
    name: 'status 407',
    expect: { node: perKind('rejected'), fetch: perKind('connection') },
    onRequest: ({ reply, hostile }) => reply(407, hostile, TEMPTATIONS[407]),
  },
  {
    // "Not for me": the standard has `fetch` open another connection and ask once more.
    name: 'status 421',
    expect: specified('rejected'),
    repeatedByFetch: 1,
    onRequest: ({ reply, hostile }) => reply(421, hostile),
  },
  {
    name: 'status 204, without a body',
    expect: specified('bad_response'),
    onRequest: ({ socket }) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'),
  },
  {
    name: 'a good session with status 500',
    expect: specified('upstream'),
    onRequest: ({ reply, session }) => reply(500, session),
  },
  {
    name: 'a good session with status 201',
    expect: specified('bad_response'),
    onRequest: ({ reply, session }) => reply(201, session),
  },
  {
    name: 'error with opaque credentials in spaced JSON',
    expect: specified('rejected'),
    onRequest: ({ reply, origin }) =>
      reply(
        400,
        `{ "Token" : "${LINK}", "sessionId" : "${SESSION_ID}", "at" : "${origin}/new/x", "url" : "/${LINK}" }`,
      ),
  },
  {
    name: 'error page in HTML',
    expect: specified('upstream'),
    onRequest: ({ reply, hostile }) => {
      reply(502, `<html><body><h1>502</h1><pre>${hostile}</pre></body></html>`, { 'content-type': 'text/html' });
    },
  },
  {
    name: 'error without a body',
    expect: specified('upstream'),
    onRequest: ({ reply }) => reply(500, ''),
  },
  {
    name: 'error of 300 KB',
    expect: specified('upstream'),
    onRequest: ({ reply, hostile }) => reply(500, hostile.padEnd(300_000)),
  },
  {
    name: 'answers from the head alone, then closes',
    expect: specified('rejected'),
    onRequest: ({ socket, hostile }) => socket.end(message(413, hostile, { connection: 'close' })),
  },
  {
    name: 'a 503, then well again',
    expect: {
      node: { K: succeeds(2), N: perKind('unavailable').N },
      fetch: { K: succeeds(2), N: perKind('unavailable').N },
    },
    onRequest: ({ nth, reply, hostile, session }) => (nth === 1 ? reply(503, hostile) : reply(200, session)),
  },
  {
    name: 'a 429, then well again',
    expect: { node: { K: succeeds(2), N: succeeds(2) }, fetch: { K: succeeds(2), N: succeeds(2) } },
    onRequest: ({ nth, reply, hostile, session }) => (nth === 1 ? reply(429, hostile) : reply(200, session)),
  },
  {
    name: 'two resets, then well again',
    expect: {
      node: { K: succeeds(3), N: perKind('connection').N },
      fetch: { K: succeeds(3), N: perKind('connection').N },
    },
    onRequest: ({ nth, socket, reply, session }) => (nth < 3 ? socket.resetAndDestroy() : reply(200, session)),
  },
  {
    name: 'a stall, then refused for good',
    times: { ...IMPATIENT, attemptTimeoutMs: 800 },
    expect: {
      node: { K: { ...perKind('unauthorized').K, attempts: 2 }, N: perKind('timeout').N },
      fetch: { K: { ...perKind('unauthorized').K, attempts: 2 }, N: perKind('timeout').N },
    },
    onRequest: ({ nth, reply, hostile }) => {
      if (nth > 1) reply(401, hostile);
    },
  },
];
