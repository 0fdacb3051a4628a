import { invalidOption, parseUrl, readFields } from '../validation.ts';
import { PRIVATE_HEADERS, problemJson, type RouteResponse } from './route-response.ts';

/** A header of a request by its lower-case name. */
export type ReadHeader = (name: string) => string | null | undefined;

/** A request, as far as the check reads one. */
export interface CheckedRequest {
  readonly method: string;
  readonly header: ReadHeader;
}

/** The options of `sameOrigin`. */
export interface SameOriginOptions {
  /** Origins such as `https://app.example.com` or `capacitor://localhost` that may call besides the site's own. */
  readonly origins?: readonly string[] | undefined;
}

export const CROSS_SITE = { status: 403, title: 'The request came from another site', code: 'cross_site' } as const;

/** What `sameOrigin` does with a request. */
export interface SameOriginResult {
  /** To be set on the answer, also by the app's own handler. */
  readonly headers: Readonly<Record<string, string>>;
  /** The 403 answer to a request from another site. */
  readonly refusal: RouteResponse | undefined;
}

/**
 * For adapters: the ready route's protection for a route of the user's own. Methods that change nothing (GET, HEAD,
 * OPTIONS) are left alone: a page with a form must not hide where the form is sent from.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * const check = createSameOriginCheck({ origins: ['https://app.example.com'] });
 * export function refuse({ method, headers }: Request): Response | undefined {
 *   const { refusal } = check({ method, header: (name) => headers.get(name) });
 *   return refusal && new Response(refusal.body, refusal);
 * }
 */
export function createSameOriginCheck(options: SameOriginOptions = {}): (request: CheckedRequest) => SameOriginResult {
  const origins = readOrigins(readFields(options, 'sameOrigin', ['origins'])['origins']);
  return ({ method, header }) => {
    if (/^(?:GET|HEAD|OPTIONS)$/.test(method)) return { headers: {}, refusal: undefined };
    return { headers: PRIVATE_HEADERS, refusal: isSameOrigin(header, origins) ? undefined : problemJson(CROSS_SITE) };
  };
}

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
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  if (url === undefined) return false;
  // The parser knows the origin of https and the like; of an app's own scheme it says `null`.
  if (url.origin === 'null') return APP_ORIGIN.test(url.href) && url.href === value;
  return url.origin === value && /^https?:[^*]+$/.test(value);
}

const APP_ORIGIN = /^(?!(?:javascript|data|file|blob|about):)[a-z][a-z\d+.-]*:\/\/[a-z\d._-]+(?::\d+)?$/;

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
  return isOwnOrigin(origin, header);
}

/** Whether the request was sent to the host of `origin`, with or without a default port. */
export function isOwnOrigin(origin: string, header: ReadHeader): boolean {
  // Over HTTP/2 the host is in a pseudo-header. X-Forwarded-Host is never read: anyone can send it.
  const host = header('host') ?? header(':authority') ?? '';
  const url = parseUrl(origin);
  return (
    url?.origin === origin && /^[\w.:[\]-]+$/.test(host) && parseUrl(`${url.protocol}//${host}`)?.host === url.host
  );
}
