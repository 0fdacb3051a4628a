import type { CancelSignal } from '../cancellation.ts';
import { hasFields } from '../validation.ts';

/** The part of a socket of node:net, or of a stream of node:http2, that is used. */
interface Connection {
  readonly destroyed: boolean;
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}

/** The part of node:http's IncomingMessage, or of node:http2's Http2ServerRequest, that is used. */
export interface IncomingRequest {
  readonly httpVersionMajor?: number;
  readonly socket: Connection;
  /** Over HTTP/2, where many requests share a socket. */
  readonly stream?: Connection;
}

/** The part of node:http's ServerResponse that is used. */
export interface OutgoingResponse {
  readonly writableEnded: boolean;
}

/** A connection on which calls wait, and what to do when it closes. */
interface Watch {
  readonly listeners: Set<() => void>;
  readonly onClose: () => void;
}

const NEVER: CancelSignal = { aborted: false, addEventListener() {}, removeEventListener() {} };
const watches = new WeakMap<Connection, Watch>();

/**
 * A signal that aborts when the visitor disconnects before the answer is written.
 *
 * It watches the connection, not the response: the response to a pipelined request that was never begun emits no
 * `close`. A connection has one listener however many requests it carries, and none when no call waits.
 *
 * @example
 * import { createServer } from 'node:http';
 * import { createFaceVerify } from '@faceverify/core';
 *
 * const faceVerify = createFaceVerify();
 * createServer(async (req, res) => {
 *   const signal = disconnectSignal(req, res);
 *   const { url } = await faceVerify.createSession({ uniqueIdentifier: 'user123' }, { signal });
 *   res.writeHead(303, { location: url }).end();
 * });
 */
export function disconnectSignal(request: IncomingRequest, response: OutgoingResponse): CancelSignal {
  const connection = request.httpVersionMajor === 2 ? (request.stream ?? request.socket) : request.socket;
  // Mocks, and servers that imitate node:http as on Lambda, have none that tells.
  if (!hasFields(connection, 'once', 'off')) return NEVER;
  return {
    get aborted() {
      return connection.destroyed && !response.writableEnded;
    },
    addEventListener(_type, listener) {
      const { listeners } = watches.get(connection) ?? watch(connection);
      listeners.add(listener);
    },
    removeEventListener(_type, listener) {
      const watched = watches.get(connection);
      if (watched?.listeners.delete(listener) !== true || watched.listeners.size > 0) return;
      watches.delete(connection);
      connection.off('close', watched.onClose);
    },
  };
}

function watch(connection: Connection): Watch {
  const listeners = new Set<() => void>();
  const onClose = (): void => {
    watches.delete(connection);
    for (const listener of listeners) listener();
  };
  const created = { listeners, onClose };
  watches.set(connection, created);
  connection.once('close', onClose);
  return created;
}
