import { invalidOption, parseUrl } from '../validation.ts';

/** A header of a request by its lower-case name. */
export type ReadHeader = (name: string) => string | null | undefined;

/** Checks the `origins` option. Throws `invalid_options`. */
export function readOrigins(origins: unknown): ReadonlySet<string> {
  if (origins === undefined) return new Set();
  if (!Array.isArray(origins) || !origins.every(isOrigin)) {
    throw invalidOption('origins', 'must be a list of origins such as "https://app.example.com", without a path');
  }
  return new Set(origins);
}

/** `null` is not an origin: any site can send it. */
function isOrigin(value: unknown): value is string {
  return typeof value === 'string' && parseUrl(value)?.origin === value;
}

/**
 * Whether a request comes from this site, or from one of the `origins`.
 *
 * Source: the rules of Go 1.25's CrossOriginProtection, which need neither a token nor a cookie.
 */
export function isSameOrigin(header: ReadHeader, origins: ReadonlySet<string>): boolean {
  const origin = header('origin');
  if (origin && origins.has(origin)) return true;
  const fetchSite = header('sec-fetch-site');
  if (fetchSite) return fetchSite === 'same-origin' || fetchSite === 'none';
  if (!origin) return true; // Apps and servers send none; every browser does.
  // Over HTTP/2 the host is in a pseudo-header. X-Forwarded-Host is never read: anyone can send it.
  return isHostOf(origin, header('host') ?? header(':authority') ?? '');
}

/** Whether `host` is the host of `origin`, with or without a default port. */
function isHostOf(origin: string, host: string): boolean {
  const url = parseUrl(origin);
  return (
    url?.origin === origin && /^[\w.:[\]-]+$/.test(host) && parseUrl(`${url.protocol}//${host}`)?.host === url.host
  );
}
