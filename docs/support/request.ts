import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Sends a request to an app. */
export type SendRequest = (path: string, init?: RequestInit) => Promise<Response>;

/** What a Worker would find in its environment. */
export type Bindings = Readonly<Record<string, unknown>>;

/** Sends requests to an app of any of the three frameworks; Express and Koa get a real server. */
export function requestTo(app: unknown, bindings: Bindings): SendRequest {
  if (isHono(app)) return async (path, init) => app.fetch(new Request(`http://localhost${path}`, init), bindings);
  const listener = isKoa(app) ? app.callback() : app;
  if (!isListener(listener)) throw new Error('this is no app of Express, Koa or Hono');
  return (path, init) => onServer(listener, path, init);
}

async function onServer(listener: RequestListener, path: string, init?: RequestInit): Promise<Response> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Safe: a server that listens on a port, not on a pipe, has an address of this form.
  const { port } = server.address() as AddressInfo;
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init });
    const body = await response.text();
    return new Response(body === '' ? null : body, response);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

interface HonoApp {
  readonly fetch: (request: Request, bindings: Bindings) => Response | Promise<Response>;
}

function isHono(app: unknown): app is HonoApp {
  return typeof app === 'object' && app !== null && 'fetch' in app;
}

function isKoa(app: unknown): app is { callback(): unknown } {
  return typeof app === 'object' && app !== null && 'callback' in app;
}

function isListener(app: unknown): app is RequestListener {
  return typeof app === 'function';
}
