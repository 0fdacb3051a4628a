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

  constructor(options?: ErrorOptions) {
    super('The connection ended without an answer.', options);
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

/**
 * The bytes of a request's body, or `undefined` where it is larger than the cap.
 *
 * @throws {ConnectionEnded} where the body breaks off.
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
        reader.cancel().catch(() => undefined); // The rest is dropped, whatever the stream says to that.
        return undefined;
      }
      chunks.push(value);
    }
  } catch (cause) {
    throw new ConnectionEnded({ cause });
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
