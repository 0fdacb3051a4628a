/** What a handler needs to know about a request and a `Request` does not tell. */
export interface Connection {
  /** Path and query, byte for byte as they arrived. A `Request` has a parsed URL only, but the raw one is signed. */
  readonly target: string;
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal;
  /** Whether the request names a host that is not allowed. */
  readonly foreignHost: boolean;
}

/** Answers a request, or throws {@link ConnectionEnded} to close the connection without an answer. */
export type Handler = (request: Request, connection: Connection) => Response | Promise<Response>;

/** Thrown to close the connection without an answer. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';

  constructor(options?: ErrorOptions) {
    super('The connection ended without an answer.', options);
  }
}

/** Waits until the signal aborts, or for `ms` at most. */
export function waitForAbort(signal: AbortSignal, ms?: number): Promise<void> {
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

/** The largest request body that is read. */
export const MAX_BODY_BYTES: number = 128 * 1024;

/**
 * Reads the body of a request; `undefined` if it is too large.
 *
 * @throws {ConnectionEnded} if the client disconnects before the end of the body.
 */
export async function readBody({ body }: Request): Promise<Uint8Array | undefined> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) {
      size += value.byteLength;
      if (size > MAX_BODY_BYTES) {
        reader.cancel().catch(() => undefined); // The rest of the body is not needed, nor is an error in it.
        return undefined;
      }
      chunks.push(value);
    }
  } catch (cause) {
    throw new ConnectionEnded({ cause });
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
