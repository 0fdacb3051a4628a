import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { disconnectSignal, type IncomingRequest } from '../src/adapter/index.ts';

class Connection extends EventEmitter {
  destroyed = false;
  close(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

test('any number of requests on a connection share one listener, and leave none', () => {
  const socket = new Connection();
  const listeners = Array.from({ length: 300 }, () => vi.fn());
  const signals = listeners.map((listener) => {
    const signal = disconnectSignal({ socket }, { writableEnded: false });
    signal.addEventListener('abort', listener);
    return signal;
  });
  expect(socket.listenerCount('close')).toBe(1);
  signals.slice(0, 299).forEach((signal, n) => signal.removeEventListener('abort', listeners[n] ?? vi.fn()));
  expect(socket.listenerCount('close')).toBe(1);
  socket.close();
  expect(listeners.map((listener) => listener.mock.calls.length)).toEqual([...Array<number>(299).fill(0), 1]);
  expect(signals[299]?.aborted).toBe(true);
  expect(socket.listenerCount('close')).toBe(0);
});

test('a connection that is kept after its answer has aborted nothing', () => {
  const socket = new Connection();
  const response = { writableEnded: false };
  const signal = disconnectSignal({ socket }, response);
  response.writableEnded = true;
  socket.close();
  expect(signal.aborted).toBe(false);
});

test('over HTTP/2 the stream counts, and only there', () => {
  const [socket, stream] = [new Connection(), new Connection()];
  const response = { writableEnded: false };
  const http2 = disconnectSignal({ httpVersionMajor: 2, socket, stream }, response);
  // An app may put anything on a request of HTTP/1.
  const http1 = disconnectSignal({ httpVersionMajor: 1, socket, stream }, response);
  stream.close();
  expect([http2.aborted, http1.aborted]).toEqual([true, false]);
});

test.each([null, undefined, {}, true])(
  'a server that imitates node:http and gives %j for a socket does no harm',
  (socket) => {
    // Safe: the wrong types are tested.
    const signal = disconnectSignal({ socket } as unknown as IncomingRequest, { writableEnded: false });
    const listener = vi.fn();
    signal.addEventListener('abort', listener);
    signal.removeEventListener('abort', listener);
    expect(signal.aborted).toBe(false);
  },
);
