import type { Socket } from 'node:net';
import { specified } from '../expectation.ts';
import { type Fault, IMPATIENT } from '../fault.ts';
import { drip } from '../slowly.ts';

/** Runs `strike` as soon as the first byte has arrived: by then the client knows that it is connected. */
function onFirstByte(strike: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => strike(socket));
  };
}

/** What strikes before a request can be read. */
export const CONNECTING: readonly Fault[] = [
  {
    name: 'connect hangs (full backlog)',
    place: 'full backlog',
    expect: specified('timeout', { notSent: true }),
    times: IMPATIENT,
  },
  { name: 'connection refused', place: 'nobody listening', expect: specified('connection', { notSent: true }) },
  { name: 'name not found', place: 'unknown name', expect: specified('connection', { notSent: true }) },
  {
    name: 'closed as soon as connected',
    expect: specified('connection'),
    onConnection: onFirstByte((socket) => socket.end()),
  },
  {
    name: 'reset as soon as connected',
    expect: specified('connection'),
    onConnection: onFirstByte((socket) => socket.resetAndDestroy()),
  },
  {
    name: 'TLS: certificate of nobody trusted',
    place: 'https',
    expect: specified('connection', { notSent: true }),
  },
  {
    name: 'TLS: handshake stalls',
    place: 'https',
    expect: specified('timeout', { notSent: true }),
    times: IMPATIENT,
    onConnection: () => undefined,
  },
  {
    name: 'TLS: handshake dripped',
    place: 'https',
    expect: specified('timeout', { notSent: true }),
    times: IMPATIENT,
    // The head of a handshake record whose rest comes a byte at a time.
    onConnection: onFirstByte((socket) => drip(socket, Buffer.from([0x16, 0x03, 0x03, 0x40, 0x00, 0x02]))),
  },
  {
    name: 'TLS: reset inside the handshake',
    place: 'https',
    expect: specified('connection', { notSent: true }),
    onConnection: onFirstByte((socket) => socket.resetAndDestroy()),
  },
  {
    name: 'TLS: closed inside the handshake',
    place: 'https',
    expect: specified('connection', { notSent: true }),
    onConnection: onFirstByte((socket) => socket.end()),
  },
  {
    name: 'TLS: plain HTTP on its port',
    place: 'https',
    expect: specified('connection', { notSent: true }),
    onConnection: onFirstByte((socket) => socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')),
  },
];
