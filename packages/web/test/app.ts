import {
  createFaceVerify,
  type FaceVerify,
  privateHeaders,
  sameOrigin,
  sessionHandler,
  type Source,
} from '@faceverify/web';
import { routesFor, type TestApp, type TestRoute } from '../../../test/support/test-app.ts';

type Handler = (request: Request, ...rest: unknown[]) => Response | Promise<Response>;

/** A test app of plain functions, as a server of the web standards calls them: on Node and on Workers. */
export function createApp({ routes, prefix, parseBody, caught, takeNotes }: TestApp): { fetch: Handler } {
  const handlers = new Map<string, Handler>(
    routesFor(routes, (request: Request, name) => request.headers.get(name) ?? undefined).map((route) => [
      prefix + route.path,
      handlerOf(route),
    ]),
  );
  handlers.set(`${prefix}/notes`, () => Response.json(takeNotes()));
  return {
    async fetch(request, ...rest) {
      try {
        if (parseBody) await request.text();
        const handler = handlers.get(new URL(request.url).pathname);
        const response = (await handler?.(request, ...rest)) ?? new Response(null, { status: 404 });
        const vary = response.headers.get('vary');
        response.headers.set('vary', vary === null ? 'Origin' : `Origin, ${vary}`);
        return response;
      } catch (error) {
        if (caught === undefined) throw error; // The server answers.
        caught(error);
        return new Response('Internal Server Error', { status: 500 });
      }
    },
  };
}

/** Without a middleware, an app gives the ready route its client, and makes the client of its own route itself. */
function handlerOf({ middleware, sameOrigin: check, mounted, attached }: TestRoute<Request>): Handler {
  const source = middleware?.source;
  if (mounted !== undefined) return sessionHandler({ ...mounted, client: mounted.client ?? source });
  const refuse = sameOrigin(check);
  let client: FaceVerify | undefined;
  return async (request) => {
    const refusal = check && refuse(request);
    if (refusal !== undefined) return refusal;
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    client ??= clientOf(source);
    const session = await attached?.(client, request);
    return new Response(null, { status: 303, headers: { ...privateHeaders, location: session?.url ?? '' } });
  };
}

function clientOf(source: Source<Request> | undefined): FaceVerify {
  if (typeof source === 'function') throw new Error('Only a middleware calls a function for each request.');
  return source !== undefined && 'createSession' in source ? source : createFaceVerify(source);
}
