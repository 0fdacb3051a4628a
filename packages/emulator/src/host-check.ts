import type { Refusal } from './checks.ts';

/** Whether a host name or an IP address is one of the loopback interface. */
export function isLoopback(host: string): boolean {
  return /^(?:(?:.+\.)?localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/**
 * Whether a request is for a host name that is not allowed. Prevents DNS rebinding: a web page that resolves its own
 * host name to 127.0.0.1 could otherwise read the emulator's responses. A server that is bound to any other address is
 * meant to be reached from elsewhere, by names that are not known here, so there every name is allowed.
 *
 * @param boundAddress the address that the server is bound to
 * @param allowed origins whose host names are allowed in addition to those of the loopback interface
 */
export function hasForeignHost(requestUrl: string, boundAddress: string, allowed: readonly string[]): boolean {
  const { hostname } = new URL(requestUrl);
  return (
    isLoopback(boundAddress) &&
    !isLoopback(hostname) &&
    !allowed.some((origin) => new URL(origin).hostname === hostname)
  );
}

const MESSAGE =
  'The emulator listens on a loopback address and refuses requests for other host names, to prevent DNS rebinding. ' +
  'Use localhost or 127.0.0.1 in the URL. To allow this host name, start the emulator with ' +
  '--public-url http://<name>:<port>, or set the option publicUrl in code. To serve containers or other machines, ' +
  'start it with --host 0.0.0.0, or set the option hostname of listen().';

/** The refusal of such a request. */
export const FOREIGN_HOST: Refusal = { code: 'foreign_host', status: 403, message: MESSAGE };
