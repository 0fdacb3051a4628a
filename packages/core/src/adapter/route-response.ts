import type { Session } from '../session.ts';

/** Every status that the route answers with. */
export type RouteStatus = 200 | 303 | 401 | 403 | 405 | 500 | 502 | 503 | 504;

/** An answer of the route, to be sent unchanged. */
export interface RouteResponse {
  readonly status: RouteStatus;
  readonly headers: Readonly<Record<string, string>>;
  /** Header names to add to `Vary`, which other middleware may have set. */
  readonly vary: string | undefined;
  readonly body: string;
}

/** Sends the visitor to the session's page. */
export function redirectTo(url: string, vary: string | undefined): RouteResponse {
  return { status: 303, headers: { ...PRIVATE, location: url }, vary, body: '' };
}

/** Gives the session to a script. */
export function sessionJson({ sessionId, url }: Session, vary: string | undefined): RouteResponse {
  return { status: 200, headers: { ...PRIVATE, ...JSON_TYPE }, vary, body: JSON.stringify({ sessionId, url }) };
}

/** What a visitor is told of a failure. */
export interface Problem {
  readonly status: RouteStatus;
  readonly title: string;
  readonly code: string;
}

/** Problem details. Source: RFC 9457. */
export function problemJson(
  { status, title, code }: Problem,
  requestId: string = crypto.randomUUID(),
  headers?: Readonly<Record<string, string>>,
): RouteResponse {
  return {
    status,
    headers: { ...PRIVATE, 'content-type': 'application/problem+json', ...headers },
    vary: undefined,
    body: JSON.stringify({ title, status, code, requestId }),
  };
}

/** The headers of every answer: it is for one person, and its address must not be passed on. */
const PRIVATE = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
const JSON_TYPE = { 'content-type': 'application/json' } as const;
