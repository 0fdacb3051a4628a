import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Sends `count` POSTs on one connection without waiting for an answer. */
export async function pipeline(url: URL, count: number, headers: Readonly<Record<string, string>>): Promise<Socket> {
  const lines = Object.entries({ host: url.host, 'content-length': '0', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const socket = connect(Number(url.port), url.hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write([`POST ${url.pathname} HTTP/1.1`, ...lines, '', ''].join('\r\n').repeat(count));
  return socket;
}
