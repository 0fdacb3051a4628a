import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on the first of these ports that is free, for this machine only; `undefined` if none is. */
export async function listen(server: Server, ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) {
    if (await listensOn(server, port)) return (server.address() as AddressInfo).port; // Safe: it listens on a port.
  }
  return undefined;
}

/** Whether it worked; rejects for any reason but a port that is taken. */
function listensOn(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', failed).listen(port, 'localhost', () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}
