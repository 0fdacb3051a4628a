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
