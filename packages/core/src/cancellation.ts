import { hasFields, invalidParams, isFunction, ownField } from './validation.ts';

/** The part of an AbortSignal that is used. Every AbortSignal is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Options of one call. */
export interface CallOptions {
  /** An AbortSignal that cancels the call, waits between attempts included: it rejects with `aborted`. */
  readonly signal?: CancelSignal | undefined;
}

/** The signal of a call. Throws `invalid_params` if it is not one. */
export function readSignal(options: CallOptions | undefined): CancelSignal | undefined {
  if (hasFields(options, 'aborted')) throw invalidParams('Pass the signal as { signal }.');
  const signal = ownField(options, 'signal');
  if (signal === undefined) return undefined;
  if (!isSignal(signal)) throw invalidParams('signal must be an AbortSignal.');
  return signal;
}

/** By shape, as far as it is used. */
function isSignal(value: unknown): value is CancelSignal {
  if (!hasFields(value, 'aborted')) return false;
  // Safe: any object can be asked for any field.
  const { addEventListener, removeEventListener } = value as Partial<CancelSignal>;
  return isFunction(addEventListener) && isFunction(removeEventListener);
}

interface Subscription {
  readonly callbacks: Set<() => void>;
  readonly listener: () => unknown;
}

const subscriptions = new WeakMap<CancelSignal, Subscription>();

/**
 * Calls `callback` when `signal` aborts, unless the function that is returned was called before. Any number of calls
 * share one listener on a signal: Node warns of more than ten.
 */
export function onAbort(signal: CancelSignal | undefined, callback: () => void): () => void {
  if (signal === undefined) return () => undefined;
  const { callbacks, listener } = subscriptions.get(signal) ?? newSubscription();
  callbacks.add(callback);
  if (!subscriptions.has(signal)) {
    subscriptions.set(signal, { callbacks, listener });
    attempt(() => signal.addEventListener('abort', listener));
  }
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    subscriptions.delete(signal);
    attempt(() => signal.removeEventListener('abort', listener));
  };
}

/** A signal that is not the runtime's own may throw: the call must end all the same. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // It then never aborts.
  }
}

function newSubscription(): Subscription {
  const callbacks = new Set<() => void>();
  // In a microtask: a signal that is not the runtime's own may call its listener while it is added. By a promise, since
  // fake timers replace queueMicrotask.
  const listener = async (): Promise<void> => {
    await Promise.resolve();
    for (const callback of callbacks) callback();
  };
  return { callbacks, listener };
}
