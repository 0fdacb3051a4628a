import type { MaybePromise } from './platform/platform.ts';
import { hasFields } from './shape.ts';

/**
 * Asks a function of the user's. What it throws is passed on, as an object: Express goes on to the next handler after
 * an error that is falsy or the text 'route', and Koa never answers after one that is null.
 */
export function ask<Native>(question: (native: Native) => unknown, native: Native): MaybePromise<unknown> {
  try {
    const answer = question(native);
    // Whatever has a `then` is taken for a promise, as `await` would: those of calls between Workers are functions.
    return Object(answer) === answer && 'then' in Object(answer) ? Promise.resolve(answer).catch(passOn) : answer;
  } catch (error) {
    return passOn(error);
  }
}

/** Throws `error`, or an Error in its place where it is no object. */
export function passOn(error: unknown): never {
  // oxlint-disable-next-line typescript/only-throw-error -- Whatever object it is: it is not ours to judge.
  throw hasFields(error) ? error : new Error('What was thrown is no Error.', { cause: error });
}

/** Calls a hook that only watches: what it throws, at once or later, changes nothing. */
export function callHook<Arguments extends unknown[]>(
  hook: (...given: Arguments) => unknown,
  ...given: Arguments
): void {
  try {
    // An async hook is welcome where a hook may return nothing.
    Promise.resolve(hook(...given)).catch(() => undefined);
  } catch {
    // As above.
  }
}
