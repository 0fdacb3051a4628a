import { SIGNATURE_HEADER } from '../headers.ts';
import type { Settings } from '../options.ts';
import { hasFields, isBytes } from '../shape.ts';
import {
  type Answer,
  type Lost,
  MAX_ANSWER_BYTES,
  type Outcome,
  type Outgoing,
  reasonOf,
  type Sender,
  TOO_LARGE,
} from './platform.ts';

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
        const settle = (outcome: Outcome): void => {
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
        exchange(custom, baseUrl, fixed, outgoing, controller.signal).then(settle, (error: unknown) =>
          settle({ lost: 'connection', notSent: false, reason: reasonOf(error) }),
        );
      }),
    close() {},
  };
}

/** A fetch of the user's own may give anything. */
const NO_RESPONSE = 'The fetch function gave no Response of the web standards.';
const READ_BEFORE = 'The fetch function read the body of its Response: let it read a clone() instead.';

async function exchange(
  custom: Settings['fetch'],
  baseUrl: string,
  fixedHeaders: readonly [name: string, value: string][],
  { method, target, signature, body: sent }: Outgoing,
  signal: AbortSignal,
): Promise<Answer> {
  // Both are called unbound, as Workers demand; the global one is looked up late, so that a tracer may replace it.
  const send = custom ?? globalThis.fetch;
  const headers: [string, string][] = [...fixedHeaders, [SIGNATURE_HEADER, signature]];
  const response = await send(baseUrl + target, {
    method,
    // A record is what a fetch of the user's own may spread to add one; for the runtime's, pairs need not become one.
    headers: custom === undefined ? headers : Object.fromEntries(headers),
    body: sent ?? null,
    signal,
    redirect: 'manual',
  });
  if (!isResponse(response)) {
    return { status: 0, retryAfter: undefined, body: undefined, unreadable: NO_RESPONSE };
  }
  // Where redirects are opaque, the status is 0: as good as any other that is refused.
  const status = response.type === 'opaqueredirect' ? 302 : response.status;
  const retryAfter = response.headers.get('retry-after') ?? undefined;
  const { body: stream } = response;
  if (stream === null) return { status, retryAfter, body: '' };
  // The runtime's own fetch leaves the body to whoever asked.
  if (custom !== undefined && (stream.locked || response.bodyUsed)) {
    return { status, retryAfter, body: undefined, unreadable: READ_BEFORE };
  }
  const { body, unreadable } = await readCapped(stream, signal);
  return { status, retryAfter, body, unreadable };
}

/** By shape, as far as it is used. */
function isResponse(given: Response | undefined): given is Response {
  return (
    typeof given?.status === 'number' &&
    hasFields(given.headers, 'get') &&
    (given.body === null || 'getReader' in Object(given.body))
  );
}

/** The body as text, unless it is larger than the cap; the rest is not read then. */
async function readCapped(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<Pick<Answer, 'body' | 'unreadable'>> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { body: new TextDecoder().decode(joined(chunks, size)) };
    if (isBytes(value)) {
      chunks.push(value);
      size += value.length;
      // Not every fetch heeds its signal: what nobody waits for is not read on.
      if (size <= MAX_ANSWER_BYTES && !signal.aborted) continue;
    }
    reader.cancel().catch(() => undefined); // The stream is dropped, whatever it answers to that.
    return { body: undefined, unreadable: isBytes(value) ? TOO_LARGE : NO_RESPONSE };
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
