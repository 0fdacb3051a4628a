import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { ConnectionEnded, type Handle } from './connection.ts';
import { hasForeignHost } from './host-check.ts';

/** A server that listens. */
export interface Listening {
  /** Where it answers, such as `http://127.0.0.1:4400`. */
  readonly url: string;
  readonly port: number;
  /** Ends all connections, stalled ones too, and resolves when the port is free. May be called more than once. */
  readonly close: () => Promise<void>;
}

interface Where {
  readonly port: number;
  readonly hostname: string;
  readonly publicOrigin: string | undefined;
}

/** Listens on a real port; rejects with a sentence for a person where it cannot. */
export async function listen(handle: Handle, { port, hostname, publicOrigin }: Where): Promise<Listening> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError('The port must be a whole number from 0 to 65535; 0 takes any free one.');
  }
  const server = createServer();
  await started(server, port, hostname);
  // Safe: a server that listens on a port has such an address.
  const { address, port: boundPort } = server.address() as AddressInfo;
  const url = `http://${hostOf(hostname)}:${boundPort}`;
  const allowed = publicOrigin === undefined ? [url] : [url, publicOrigin];
  server.on(
    'request',
    listenerOf(handle, (requestUrl) => hasForeignHost(requestUrl, address, allowed)),
  );
  let closed: Promise<void> | undefined;
  return {
    url,
    port: boundPort,
    close: () => (closed ??= stopped(server)),
  };
}

function listenerOf(handle: Handle, isForeign: (requestUrl: string) => boolean): ReturnType<typeof getRequestListener> {
  return getRequestListener(
    async (request, { incoming, outgoing }) => {
      if (!URL.canParse(request.url)) return unreadable();
      const gone = new AbortController();
      outgoing.once('close', () => gone.abort());
      try {
        return await handle(request, {
          target: rawTarget(incoming.url ?? '/'),
          signal: gone.signal,
          foreignHost: isForeign(request.url),
        });
      } catch (error) {
        // The socket, not the response: on Bun, outgoing.destroy() sends an empty 200.
        if (error instanceof ConnectionEnded) incoming.socket.destroy();
        throw error;
      }
    },
    {
      // The globals belong to the process whose tests this runs in.
      overrideGlobalObjects: false,
      // Other errors are those of a request that could not be read.
      errorHandler: (error) => (error instanceof ConnectionEnded ? undefined : unreadable()),
    },
  );
}

function unreadable(): Response {
  return new Response('The Host header or the request target is not valid.', { status: 400 });
}

/** A proxy's request names the whole URL: what is signed begins behind the host. */
function rawTarget(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*/i, '');
}

function started(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new Error(`The emulator cannot listen on ${hostname}, port ${port}: ${reasonOf(error)}.`, { cause: error }),
      );
    });
    server.listen(port, hostname, resolve);
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken. Choose another, or 0 for any free one',
  EACCES: 'the port needs more rights. Choose one above 1023',
  EADDRNOTAVAIL: 'the host is no address of this machine',
  ENOTFOUND: 'the host is not known',
};

function reasonOf({ code = 'unknown' }: NodeJS.ErrnoException): string {
  return REASONS[code] ?? code;
}

function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A host to connect to: the wildcard addresses are for listening only. */
function hostOf(hostname: string): string {
  if (hostname === '0.0.0.0') return '127.0.0.1';
  if (hostname === '::') return '[::1]';
  return hostname.includes(':') ? `[${hostname}]` : hostname;
}
