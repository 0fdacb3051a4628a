import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { openFullBacklog } from './full-backlog.ts';
import { close, listen } from './listen.ts';

/** An origin at which no server answers. */
export interface UnreachableHost {
  readonly origin: string;
  close(): Promise<void>;
}

/** A host that accepts every request and never answers. */
export interface SilentHost extends UnreachableHost {
  /** Resolves when the next request arrives, to the connection on which it waits. */
  nextRequest(): Promise<Socket>;
  /** How many requests wait now. */
  waiting(): number;
}

/**
 * A port on which nobody listens, and nobody can start to: it is taken by our end of a connection to
 * another port. A port that was merely free a moment ago may be given to the next server that starts.
 */
export async function closedPort(): Promise<UnreachableHost> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  const holder = connect(await listen(server), '127.0.0.1');
  await once(holder, 'connect');
  return { origin: `http://127.0.0.1:${holder.localPort}`, close: () => close(server, [holder, ...sockets]) };
}

export async function silentHost(): Promise<SilentHost> {
  const sockets = new Set<Socket>();
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // A caller may hang up with a reset.
    socket.once('close', () => {
      sockets.delete(socket);
      waiting.delete(socket);
    });
    socket.once('data', () => {
      waiting.add(socket);
      server.emit('request', socket);
    });
  });
  return {
    origin: `http://127.0.0.1:${await listen(server)}`,
    async nextRequest() {
      const [socket] = (await once(server, 'request')) as [Socket]; // Safe: emitted above, with that argument.
      return socket;
    },
    waiting: () => waiting.size,
    close: () => close(server, sockets),
  };
}

/** Hosts to which no connection can be made, by the reason. */
export const UNREACHABLE_HOSTS: Readonly<
  Record<'nobody listening' | 'unknown name' | 'full backlog', () => Promise<UnreachableHost>>
> = {
  'nobody listening': closedPort,
  async 'unknown name'() {
    // A label may have 63 letters: the lookup fails on every machine, without using the network.
    return { origin: `https://${'x'.repeat(64)}.invalid`, close: async () => undefined };
  },
  async 'full backlog'() {
    const { port, stop } = await openFullBacklog();
    return { origin: `http://127.0.0.1:${port}`, close: stop };
  },
};
