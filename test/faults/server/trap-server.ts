import net from 'node:net';
import { close, listen } from '../../support/listen.ts';
import { headerOf } from './received-request.ts';

/** A server to which nothing may ever be sent: it counts what is. */
export interface TrapServer {
  readonly origin: string;
  connections(): number;
  /** How many of them brought a signature. */
  signatures(): number;
  stop(): Promise<void>;
}

export async function startTrapServer(): Promise<TrapServer> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  let signatures = 0;
  const server = net.createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (data: Buffer) => {
      if (headerOf(data.toString('latin1'), 'x-hmac-signature') !== undefined) signatures++;
      socket.destroy();
    });
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    connections: () => connections,
    signatures: () => signatures,
    async stop() {
      await close(server, sockets);
    },
  };
}
