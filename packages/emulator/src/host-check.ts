import type { Refusal } from './checks.ts';

/** Whether a host name or an IP address stands for the loopback interface. */
export function isLoopback(host: string): boolean {
  return /^(?:(?:.+\.)?localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/**
 * Whether a request names a host that it may not, as in a DNS rebinding attack: a web page points its own
 * host name at 127.0.0.1 and could then read what the emulator answers. Only browsers on this machine can
 * reach a loopback address, so on any other address every name is allowed.
 *
 * @param boundAddress the address that the server is bound to
 * @param allowed origins whose hosts are allowed beside those of the loopback interface
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
  'The emulator listens on this machine only (a loopback address), and refuses requests for other host names: ' +
  'a web page could have pointed such a name at your machine. Use localhost or 127.0.0.1 in the URL. ' +
  'If you need this host name, start the emulator with it: --public-url http://<name>:<port> on the command line, ' +
  'the option publicUrl in code. ' +
  'To serve containers or other machines, listen on 0.0.0.0: --host on the command line, the option hostname in code.';

/** The answer to a request with such a host. */
export const FOREIGN_HOST: Refusal = { code: 'foreign_host', status: 403, message: MESSAGE };
