import { once } from 'node:events';

/** Starts `server` on a free port of the loopback interface, and resolves to that port. */
export async function listen(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}
