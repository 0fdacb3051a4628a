import { chunk, head, message } from '../answers.ts';
import { perKind, specified } from '../expectation.ts';
import { type Fault, IMPATIENT } from '../fault.ts';
import { drip, pour } from '../slowly.ts';

const CHUNKED = { 'transfer-encoding': 'chunked' };

/** Messages that stall, break off, or are no HTTP. */
export const MESSAGES: readonly Fault[] = [
  {
    name: 'closed before the headers',
    expect: specified('connection'),
    onRequest: ({ socket }) => socket.end(),
  },
  {
    name: 'reset before the headers',
    expect: specified('connection'),
    onRequest: ({ socket }) => socket.resetAndDestroy(),
  },
  {
    name: 'reset inside the headers',
    expect: specified('connection'),
    onRequest: ({ socket }) => socket.write('HTTP/1.1 200 OK\r\ncontent-le', () => socket.resetAndDestroy()),
  },
  {
    name: 'reset inside the body',
    expect: specified('connection'),
    onRequest: ({ socket, session }) => {
      socket.write(message(200, session).subarray(0, -20), () => setTimeout(() => socket.resetAndDestroy(), 20));
    },
  },
  {
    name: 'closed inside the headers',
    expect: specified('connection'),
    onRequest: ({ socket }) => socket.end('HTTP/1.1 200 OK\r\ncontent-le'),
  },
  {
    name: 'closed before content-length is reached',
    expect: specified('connection'),
    onRequest: ({ socket, session }) => socket.end(message(200, session).subarray(0, -20)),
  },
  {
    // The JSON is whole, the message is not: what else was to come is not known.
    name: 'whole JSON, but content-length not reached',
    expect: specified('connection'),
    onRequest: ({ socket, session }) => {
      socket.end(message(200, session, { 'content-length': String(session.length + 10) }));
    },
  },
  {
    name: 'chunked body without its end',
    expect: specified('connection'),
    onRequest: ({ socket, session }) => socket.end(Buffer.concat([head(200, CHUNKED), chunk(session)])),
  },
  {
    name: 'chunked body cut inside a chunk',
    expect: specified('connection'),
    onRequest: ({ socket, session }) => {
      socket.end(Buffer.concat([head(200, CHUNKED), chunk(session).subarray(0, -20)]));
    },
  },
  {
    name: 'chunk of no readable length',
    expect: specified('connection'),
    onRequest: ({ socket, session }) =>
      socket.write(Buffer.concat([head(200, CHUNKED), Buffer.from(`xyz\r\n${session}`)])),
  },
  {
    name: 'error answer cut short',
    expect: specified('connection'),
    onRequest: ({ socket, hostile }) => socket.end(message(400, hostile).subarray(0, -20)),
  },
  {
    name: 'headers stall',
    expect: specified('timeout'),
    times: IMPATIENT,
    onRequest: () => undefined,
  },
  {
    name: 'headers stall after the status line',
    expect: specified('timeout'),
    times: IMPATIENT,
    onRequest: ({ socket }) => socket.write('HTTP/1.1 200 OK\r\n'),
  },
  {
    name: 'headers dripped',
    expect: specified('timeout'),
    times: IMPATIENT,
    onRequest: ({ socket }) => drip(socket, Buffer.from('HTTP/1.1 200 OK\r\nx-drip: '), 'a'),
  },
  {
    name: 'body stalls',
    expect: specified('timeout'),
    times: IMPATIENT,
    onRequest: ({ socket, session }) => socket.write(message(200, session).subarray(0, -20)),
  },
  {
    name: 'body of an error stalls',
    expect: specified('timeout'),
    times: IMPATIENT,
    onRequest: ({ socket, hostile }) => socket.write(message(500, hostile).subarray(0, -20)),
  },
  {
    name: 'body dripped without end',
    expect: specified('timeout'),
    times: IMPATIENT,
    onRequest: ({ socket, session }) => {
      socket.write(head(200, { 'content-length': '60000' }));
      drip(socket, Buffer.from(session));
    },
  },
  {
    name: 'chunked body dripped without end',
    expect: specified('timeout'),
    times: IMPATIENT,
    onRequest: ({ socket, session }) => {
      socket.write(Buffer.concat([head(200, CHUNKED), chunk(session)]));
      drip(socket, Buffer.alloc(0), '1\r\n \r\n');
    },
  },
  {
    name: 'body dripped, but whole in time',
    expect: specified('ok'),
    onRequest: ({ socket, session }) => {
      const bytes = message(200, session);
      socket.write(bytes.subarray(0, -10));
      drip(socket, bytes.subarray(-10), '');
    },
  },
  {
    name: 'headers stall, and the call has less time than an attempt',
    expect: specified('timeout', { attempts: 1 }),
    times: { ...IMPATIENT, timeoutMs: 300, attemptTimeoutMs: 5_000 },
    onRequest: () => undefined,
  },
  {
    name: 'body stalls, and the call has time for two attempts',
    expect: specified('timeout', { attempts: 2 }),
    times: { ...IMPATIENT, timeoutMs: 2_000, attemptTimeoutMs: 1_200 },
    onRequest: ({ socket, session }) => socket.write(message(200, session).subarray(0, -20)),
  },
  {
    name: 'garbage instead of HTTP',
    expect: specified('connection'),
    onRequest: ({ socket }) => socket.write('\u0000\u0001\u0002 this is not HTTP\r\n\r\n'),
  },
  {
    name: 'another protocol',
    expect: specified('connection'),
    onRequest: ({ socket }) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
  },
  {
    name: 'headers of 64 KiB',
    expect: specified('connection'),
    onRequest: ({ socket, session }) => socket.write(message(200, session, { 'x-large': 'a'.repeat(65_536) })),
  },
  {
    name: 'two lengths that disagree',
    expect: specified('connection'),
    onRequest: ({ socket, session }) => socket.write(message(200, session, { 'Content-Length': '10' })),
  },
  {
    name: 'length and chunked at once',
    expect: specified('connection'),
    onRequest: ({ socket, session }) => {
      socket.write(Buffer.concat([head(200, { 'content-length': '10', ...CHUNKED }), chunk(session), chunk('')]));
    },
  },
  {
    name: 'no length, ended by closing',
    expect: specified('ok'),
    onRequest: ({ socket, session }) => socket.end(Buffer.concat([head(200), Buffer.from(session)])),
  },
  {
    name: '102 and 103 before the answer',
    expect: specified('ok'),
    onRequest: ({ socket, reply, session }) => {
      socket.write('HTTP/1.1 102 Processing\r\n\r\n');
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n');
      reply(200, session);
    },
  },
  {
    // Node's fetch takes a 100 that it did not ask for as the end of all trust.
    name: '100 before the answer',
    expect: { node: perKind('ok'), fetch: perKind('connection') },
    onRequest: ({ socket, reply, session }) => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      reply(200, session);
    },
  },
  {
    name: '103 without end',
    expect: specified('timeout'),
    times: IMPATIENT,
    onRequest: ({ socket }) => drip(socket, Buffer.alloc(0), 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
  },
  {
    name: '101 to another protocol',
    expect: specified('connection'),
    onRequest: ({ socket }) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n');
    },
  },
  {
    name: 'two answers to one request',
    expect: specified('ok'),
    onRequest: ({ reply, session, hostile }) => {
      reply(200, session);
      reply(400, hostile);
    },
  },
  {
    name: 'one byte more than the length',
    expect: specified('ok'),
    onRequest: ({ socket, reply, session }) => {
      reply(200, session);
      socket.write('X');
    },
  },
  {
    name: '300 MB of headers',
    expect: specified('connection'),
    onRequest: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      pour(socket, Buffer.from(`x-more: ${'a'.repeat(1_000)}\r\n`), 300_000);
    },
  },
];
