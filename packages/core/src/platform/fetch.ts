import { onAbort } from '../cancellation.ts';
import { Failure } from '../errors.ts';
import { type HttpResponse, MAX_BODY_BYTES, TOO_LARGE, unusable } from '../response.ts';
import { hasFields, isBytes } from '../validation.ts';
import {
  connectionFacts,
  type Fetch,
  type FetchBody,
  type FetchInit,
  type FetchResponse,
  type OutgoingRequest,
  type Transport,
  type TransportSettings,
} from './platform.ts';

const NO_RESPONSE = 'The fetch option gave no standard Response.';
const ALREADY_READ = 'The fetch option read the body: let it read a clone().';
const REDIRECTED = 'The fetch option followed a redirect: pass on redirect: "manual".';

/**
 * Sends with `fetch`, which does not tell what failed or whether anything was sent: `notSent` is never set. Connecting
 * has no time limit of its own, and the runtime owns the connections.
 */
export function createFetchTransport({ baseUrl, fetch: custom }: TransportSettings): Transport {
  return {
    send: (request, { repeatable, timeoutMs, signal }) =>
      new Promise((resolve) => {
        const controller = new AbortController();
        const settle = (result: HttpResponse | Failure): void => {
          clearTimeout(timer);
          unsubscribe();
          resolve(result); // At once: a fetch of the user's own may ignore its signal.
          controller.abort();
        };
        const timer = setTimeout(() => settle(new Failure('timeout')), timeoutMs);
        const unsubscribe = onAbort(signal, () => settle(new Failure('aborted')));
        // Called unbound, as Workers demand. The global one is looked up now, since a tracer may have replaced it.
        exchange(custom ?? globalThis.fetch, baseUrl, request, repeatable, controller.signal).then(
          settle,
          (error: unknown) => settle(new Failure('connection', connectionFacts(error, custom && 'fetch'))),
        );
      }),
    close() {},
  };
}

async function exchange(
  send: Fetch,
  baseUrl: string,
  { method, target, headers, body }: OutgoingRequest,
  repeatable: boolean,
  signal: AbortSignal,
): Promise<HttpResponse | Failure> {
  const init: FetchInit = { method, headers, body: body ?? null, signal, redirect: 'manual' };
  // Bun sends a PUT or DELETE again by itself if a kept connection is lost. This is the default of the standard.
  const response = await send(baseUrl + target, repeatable ? init : { ...init, keepalive: false });
  if (!isResponse(response)) return new Failure('bad_response', { advice: NO_RESPONSE });
  const header: unknown = response.headers.get('retry-after');
  const retryAfter = typeof header === 'string' ? header : undefined;
  // An opaque redirect has status 0.
  const status = response.type === 'opaqueredirect' ? 302 : response.status;
  const head = { status, retryAfter };
  if (response.redirected) return new Failure('bad_response', { status, advice: REDIRECTED });
  if (response.body === null) return { ...head, body: '' };
  if (response.body.locked || response.bodyUsed) return unusable(head, ALREADY_READ);
  const read = await readCapped(response.body, signal);
  return 'problem' in read ? unusable(head, read.problem) : { ...head, body: read.text };
}

/** By shape, as far as it is used. */
function isResponse(given: FetchResponse | undefined): given is FetchResponse {
  return (
    typeof given?.status === 'number' &&
    hasFields(given.headers, 'get') &&
    (given.body === null || 'getReader' in Object(given.body))
  );
}

/** The body as text, unless it is larger than the cap: then the rest is not read. */
async function readCapped(
  stream: FetchBody,
  signal: AbortSignal,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const cancelled = (problem: string): { problem: string } => {
    reader.cancel().catch(() => undefined);
    return { problem };
  };
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode() };
    if (!isBytes(value)) return cancelled(NO_RESPONSE);
    size += value.length;
    // Not every fetch heeds its signal: after the deadline nothing more is read.
    if (size > MAX_BODY_BYTES || signal.aborted) return cancelled(TOO_LARGE);
    text += decoder.decode(value, { stream: true });
  }
}
