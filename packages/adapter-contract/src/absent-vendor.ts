import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A vendor that is not there, or as good as that. */
export interface AbsentVendor {
  readonly origin: string;
  close(): Promise<void>;
}

/** A vendor that takes every request and never answers. */
export interface SilentVendor extends AbsentVendor {
  /** Resolves when the next request arrives, to the connection on which it waits. */
  nextRequest(): Promise<Socket>;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Safe: a server that listens on a port has such an address.
  return (server.address() as AddressInfo).port;
}

function stop(server: Server, sockets: Iterable<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}

/**
 * A port on which nobody listens, and nobody can begin to: it is taken by our end of a connection
 * elsewhere. A port that was merely free a moment ago may be given to the next server that starts.
 */
export async function closedVendor(): Promise<AbsentVendor> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  const holder = connect(await listen(server), '127.0.0.1');
  await once(holder, 'connect');
  return { origin: `http://127.0.0.1:${holder.localPort}`, close: () => stop(server, [holder, ...sockets]) };
}

export async function silentVendor(): Promise<SilentVendor> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // A caller who hangs up may do so with a reset.
    socket.once('close', () => sockets.delete(socket));
    socket.once('data', () => server.emit('request', socket));
  });
  return {
    origin: `http://127.0.0.1:${await listen(server)}`,
    async nextRequest() {
      const [socket] = (await once(server, 'request')) as [Socket]; // Safe: emitted above, with just that.
      return socket;
    },
    close: () => stop(server, sockets),
  };
}
