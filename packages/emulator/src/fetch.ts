import { ConnectionEnded, type Handler } from './connection.ts';

/** Calls a handler the way `fetch` calls a server. The signal can abort until the whole body is read. */
export async function fetchFrom(
  handler: Handler,
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<Response> {
  const request = new Request(input, init);
  const { origin, href } = new URL(request.url);
  const target = href.slice(origin.length).split('#')[0] ?? '';
  // Not request.signal: Node may garbage-collect it while it is being waited for.
  const signal = init?.signal ?? (input instanceof Request ? input.signal : new AbortController().signal);
  signal.throwIfAborted();
  const response = await rejectOnAbort(signal, handle(handler, request, target, signal));
  if (response.body === null) return response;
  return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response);
}

async function handle(handler: Handler, request: Request, target: string, signal: AbortSignal): Promise<Response> {
  try {
    return await handler(request, { target, signal, foreignHost: false });
  } catch (error) {
    if (error instanceof ConnectionEnded) throw new TypeError('fetch failed', { cause: error });
    throw error;
  }
}

/** Settles as `promise` does, or rejects with the signal's reason if that aborts first. */
function rejectOnAbort<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- As fetch does, whatever the reason is.
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    const cleanUp = (): void => signal.removeEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(cleanUp);
  });
}
