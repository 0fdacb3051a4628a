import { once } from 'node:events';
import type net from 'node:net';

/** Starts `server` on a free port of the loopback interface, and resolves to that port. */
export async function listen(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port.');
  return address.port;
}

/** Stops listening, ends every one of `sockets`, and resolves once the last connection has ended. */
export function close(server: net.Server, sockets: Iterable<net.Socket> = []): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
