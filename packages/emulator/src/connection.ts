/** What a request tells besides its `Request`: a `Request` holds a parsed URL, and the raw one is signed. */
export interface Connection {
  /** Path and query, byte for byte as they arrived. */
  readonly target: string;
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal;
  /** Whether the request names a host that is not allowed. */
  readonly foreignHost: boolean;
}

/** Answers a request; throws {@link ConnectionEnded} where no answer is to be given. */
export type Handle = (request: Request, connection: Connection) => Response | Promise<Response>;

/** Thrown instead of an answer: the connection ends without one. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';

  constructor() {
    super('The emulator ended the connection without an answer.');
  }
}

/** Waits until the caller is gone, or for `ms` at most. */
export function pause(signal: AbortSignal, ms?: number): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = ms === undefined ? undefined : setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
  });
}

/** The most that is read of a request's body. */
export const MAX_BODY_BYTES: number = 128 * 1024;

/** The bytes of a request's body, or `undefined` where it is larger than the cap. */
export async function readBody(request: Request): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || value === undefined) return concat(chunks, size);
    size += value.byteLength;
    if (size > MAX_BODY_BYTES) {
      reader?.cancel().catch(() => undefined); // The rest is dropped, whatever the stream says to that.
      return undefined;
    }
    chunks.push(value);
  }
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
