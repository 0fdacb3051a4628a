import { ConnectionEnded, type Handle } from './connection.ts';

/** Answers without a socket, and behaves as `fetch` does: the signal counts until the whole body is read. */
export async function answerAsFetch(
  handle: Handle,
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<Response> {
  const request = new Request(input, init);
  const { origin, href } = new URL(request.url);
  const target = href.slice(origin.length).split('#')[0] ?? '';
  // Not request.signal: on Node that one may be collected while it is waited for.
  const signal = init?.signal ?? (input instanceof Request ? input.signal : new AbortController().signal);
  signal.throwIfAborted();
  const response = await untilAborted(signal, exchange(handle, request, target, signal));
  if (response.body === null) return response;
  return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response);
}

async function exchange(handle: Handle, request: Request, target: string, signal: AbortSignal): Promise<Response> {
  try {
    return await handle(request, { target, signal, foreignHost: false });
  } catch (error) {
    if (error instanceof ConnectionEnded) throw new TypeError('fetch failed', { cause: error });
    throw error;
  }
}

/** The outcome of `promise`, unless the signal aborts before: then its reason, at once. */
function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- As fetch does, whatever the reason is.
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    const cleanUp = (): void => signal.removeEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(cleanUp);
  });
}
