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
    send: (outgoing, _ownConnection, timeoutMs, signal) =>
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
          settle({ lost: 'connection', notSent: false, reason: reasonOf(error) });
        });
      }),
    close() {},
  };
}

async function exchange(
  custom: Settings['fetch'],
  baseUrl: string,
  fixedHeaders: readonly [name: string, value: string][],
  { method, target, signature, body }: Outgoing,
  signal: AbortSignal,
): Promise<Answer> {
  // Both are called unbound, as Workers demand; the global one is looked up late, so that a tracer may replace it.
  const send = custom ?? globalThis.fetch;
  const response = await send(baseUrl + target, {
    method,
    headers: [...fixedHeaders, [SIGNATURE_HEADER, signature]],
    body: body ?? null,
    signal,
    redirect: 'manual',
  });
  // Where redirects are opaque, the status is 0: as good as any other that is refused.
  const status = response.type === 'opaqueredirect' ? 302 : response.status;
  const retryAfter = response.headers.get('retry-after') ?? undefined;
  const text = await readCapped(response.body);
  if (text === undefined) return { status, retryAfter, body: undefined, unreadable: 'too_large' };
  return { status, retryAfter, body: text };
}

/** The body as text, or `undefined` where it is larger than the cap; the rest is not read then. */
async function readCapped(stream: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  if (stream === null) return '';
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > MAX_ANSWER_BYTES) {
      reader.cancel().catch(() => undefined); // The stream is dropped, whatever it answers to that.
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
