import type { MaybePromise } from './platform/platform.ts';
import { hasFields } from './validation.ts';

/** Calls a function of the user's. What it throws is rethrown as an Error: see {@link rethrowAsError}. */
export function callUserFunction<Given>(userFunction: (given: Given) => unknown, given: Given): MaybePromise<unknown> {
  try {
    const result = userFunction(given);
    // As for `await`, anything with a `then` is a promise: those of calls between Workers are functions.
    return Object(result) === result && 'then' in Object(result)
      ? Promise.resolve(result).catch(rethrowAsError)
      : result;
  } catch (error) {
    return rethrowAsError(error);
  }
}

/**
 * Throws `error`, or an Error in place of a value that is not an object: Express goes on to the next handler after an
 * error that is falsy or 'route', and Koa never answers after `null`.
 */
export function rethrowAsError(error: unknown): never {
  // oxlint-disable-next-line typescript/only-throw-error -- The user's own object is passed on unchanged.
  throw hasFields(error) ? error : new Error('A non-Error was thrown.', { cause: error });
}

/** Calls a hook that only watches: an error of it, now or later, changes nothing. */
export function notify<Arguments extends unknown[]>(hook: (...given: Arguments) => unknown, ...given: Arguments): void {
  void (async () => hook(...given))().catch(() => undefined);
}
