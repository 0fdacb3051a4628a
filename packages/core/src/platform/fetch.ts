import { SIGNATURE_HEADER } from '../headers.ts';
import type { Settings } from '../options.ts';
import { type Answer, type Lost, MAX_ANSWER_BYTES, type Outgoing, reasonOf, type Sender } from './platform.ts';

/**
 * Sends with `fetch`. It cannot say what failed or whether anything was sent, so `notSent` is never
 * claimed; connecting has no time limit of its own, and the runtime owns the connections.
 */
export function createFetchSender(
  { baseUrl, fetch: custom }: Settings,
  fixedHeaders: Readonly<Record<string, string>>,
): Sender {
  const fixed = Object.entries(fixedHeaders);
  return {
    send: (outgoing, { timeoutMs, signal }) =>
      new Promise((resolve) => {
        const controller = new AbortController();
        const settle = (outcome: Answer | Lost): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          resolve(outcome);
        };
        const end = (lost: Lost['lost']): void => {
          settle({ lost, notSent: false }); // Also where a custom fetch ignores its signal.
          controller.abort();
        };
        const onAbort = (): void => end('aborted');
        const timer = setTimeout(end, timeoutMs, 'timeout' as const);
        signal?.addEventListener('abort', onAbort);
        exchange(custom, baseUrl, fixed, outgoing, controller.signal).then(settle, (error: unknown) => {
          if (error instanceof NoResponse) settle(NO_RESPONSE);
          else settle({ lost: 'connection', notSent: false, reason: reasonOf(error) });
        });
      }),
    close() {},
  };
}

/** A fetch of the user's own gave something that the web standards know nothing of. */
class NoResponse extends Error {}
const NO_RESPONSE: Answer = { status: 0, retryAfter: undefined, body: undefined, unreadable: 'no_response' };

async function exchange(
  custom: Settings['fetch'],
  baseUrl: string,
  fixedHeaders: readonly [name: string, value: string][],
  { method, target, signature, body }: Outgoing,
  signal: AbortSignal,
): Promise<Answer> {
  // Both are called unbound, as Workers demand; the global one is looked up late, so that a tracer may replace it.
  const send = custom ?? globalThis.fetch;
  const response: Response | undefined = await send(baseUrl + target, {
    method,
    headers: [...fixedHeaders, [SIGNATURE_HEADER, signature]],
    body: body ?? null,
    signal,
    redirect: 'manual',
  });
  // A fetch of the user's own may give anything.
  if (typeof response?.status !== 'number' || (response.body !== null && !('getReader' in Object(response.body)))) {
    throw new NoResponse();
  }
  // Where redirects are opaque, the status is 0: as good as any other that is refused.
  const status = response.type === 'opaqueredirect' ? 302 : response.status;
  const retryAfter = response.headers.get('retry-after') ?? undefined;
  const text = response.body === null ? '' : await readCapped(response.body, signal);
  if (text === undefined) return { status, retryAfter, body: undefined, unreadable: 'too_large' };
  return { status, retryAfter, body: text };
}

/** The body as text, or `undefined` where it is larger than the cap; the rest is not read then. */
async function readCapped(stream: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<string | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decode(chunks, size);
    if (!ArrayBuffer.isView(value)) throw new NoResponse();
    chunks.push(value);
    size += value.byteLength;
    // Not every fetch heeds its signal: what nobody waits for is not read on.
    if (size > MAX_ANSWER_BYTES || signal.aborted) {
      reader.cancel().catch(() => undefined); // The stream is dropped, whatever it answers to that.
      return undefined;
    }
  }
}

/** In one go: a session's answer is one chunk, and decoding piece by piece costs five times as much. */
function decode(chunks: readonly Uint8Array[], size: number): string {
  const decoder = new TextDecoder();
  const [first] = chunks;
  if (chunks.length === 1) return decoder.decode(first);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return decoder.decode(whole);
}
