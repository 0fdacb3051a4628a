import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { ConnectionEnded, type Handler } from './connection.ts';
import { hasForeignHost } from './host-check.ts';

/** A server that is listening. */
export interface Listening {
  /** Its address, such as `http://127.0.0.1:4400`. */
  readonly url: string;
  readonly port: number;
  /** Closes all connections, including stalled ones, and resolves when the port is free. Can be called again. */
  readonly close: () => Promise<void>;
}

interface Address {
  readonly port: number;
  readonly hostname: string;
  readonly publicOrigin: string | undefined;
}

/** Listens on a port. Rejects with a readable message if it cannot. */
export async function listen(handler: Handler, { port, hostname, publicOrigin }: Address): Promise<Listening> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError('The port must be a whole number from 0 to 65535. 0 takes any free port.');
  }
  const server = createServer();
  await startListening(server, port, hostname);
  // Safe: a server that listens on a port has an address of this type.
  const { address, port: boundPort } = server.address() as AddressInfo;
  const url = `http://${connectableHost(hostname)}:${boundPort}`;
  const allowed = publicOrigin === undefined ? [url] : [url, publicOrigin];
  server.on(
    'request',
    createListener(handler, (requestUrl) => hasForeignHost(requestUrl, address, allowed)),
  );
  let closed: Promise<void> | undefined;
  return {
    url,
    port: boundPort,
    close: () => (closed ??= stop(server)),
  };
}

function createListener(handler: Handler, isForeign: (requestUrl: string) => boolean): RequestListener {
  return getRequestListener(
    async (request, { incoming, outgoing }) => {
      if (!URL.canParse(request.url)) return badRequest();
      const disconnected = new AbortController();
      outgoing.once('close', () => disconnected.abort());
      try {
        return await handler(request, {
          target: removeOrigin(incoming.url ?? '/'),
          signal: disconnected.signal,
          foreignHost: isForeign(request.url),
        });
      } catch (error) {
        // The socket, not the response: on Bun, outgoing.destroy() sends an empty 200.
        if (error instanceof ConnectionEnded) incoming.socket.destroy();
        throw error;
      }
    },
    {
      overrideGlobalObjects: false, // The globals belong to the app under test.
      // `handler` throws nothing else, so every other error is that of a request that could not be parsed.
      errorHandler: (error) => (error instanceof ConnectionEnded ? undefined : badRequest()),
    },
  );
}

function badRequest(): Response {
  return new Response('The Host header or the request target is not valid.', { status: 400 });
}

/** A request to a proxy has the whole URL as its target; only the part after the host is signed. */
function removeOrigin(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*/i, '');
}

function startListening(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = REASONS[error.code ?? ''] ?? error.code ?? 'unknown';
      reject(new Error(`The emulator cannot listen on ${hostname}, port ${port}: ${reason}.`, { cause: error }));
    });
    server.listen(port, hostname, resolve);
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken. Choose another one, or 0 for any free port',
  EACCES: 'this port needs more permissions. Choose one above 1023',
  EADDRNOTAVAIL: 'the host is not an address of this machine',
  ENOTFOUND: 'the host name cannot be resolved',
};

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The host of a URL that reaches the server: the wildcard addresses cannot be connected to everywhere. */
function connectableHost(hostname: string): string {
  if (hostname === '0.0.0.0') return '127.0.0.1';
  if (hostname === '::') return '[::1]';
  return hostname.includes(':') ? `[${hostname}]` : hostname;
}
