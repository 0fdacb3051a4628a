import type { RequestListener } from 'node:http';
import { send } from '../support/send.ts';
import { serve } from '../support/serve.ts';
import type { AppHandler, Bindings } from './fixture.ts';
import { FRAMEWORK_FIXTURES } from './fixtures.ts';

/** Sends a request to an app. */
export type SendRequest = (path: string, init?: RequestInit) => Promise<Response>;

/** Sends requests to an app of any framework; those of `node:http` get a real server. */
export function requestTo(app: unknown, bindings: Bindings): SendRequest {
  return async (path, init) => {
    const handler = await handlerOf(app);
    if (typeof handler === 'function') return onServer(handler, path, init);
    return handler.fetch(new Request(`http://localhost${path}`, init), bindings);
  };
}

function handlerOf(app: unknown): AppHandler | Promise<AppHandler> {
  for (const fixture of FRAMEWORK_FIXTURES.values()) {
    const handler = fixture.handlerOf(app);
    if (handler !== undefined) return handler;
  }
  throw new Error(`this is no app of ${[...FRAMEWORK_FIXTURES.keys()].join(', ')}`);
}

async function onServer(listener: RequestListener, path: string, init?: RequestInit): Promise<Response> {
  const { url, close } = await serve(listener);
  try {
    const { method, headers, body } = new Request(`${url}${path}`, init);
    const text = body === null ? undefined : await new Response(body).text();
    return await send(`${url}${path}`, {
      method,
      headers: Object.fromEntries(headers),
      ...(text !== undefined && { body: text }),
    });
  } finally {
    await close();
  }
}
