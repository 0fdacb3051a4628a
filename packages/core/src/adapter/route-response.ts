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

/** A failure, as the visitor reads it. */
export interface Problem {
  readonly status: RouteStatus;
  readonly title: string;
  readonly code: string;
  readonly requestId?: string | undefined;
  /** Headers of this failure, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The headers of every answer: it is for one person, and its address must not be passed on. */
export const PRIVATE_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

function respond(status: RouteStatus, headers: Readonly<Record<string, string>>, body = ''): RouteResponse {
  return { status, headers: { ...PRIVATE_HEADERS, ...headers }, vary: undefined, body };
}

/** Sends the visitor to another page. */
export function redirectTo(location: string, headers: Readonly<Record<string, string>> = {}): RouteResponse {
  return respond(303, { ...headers, location });
}

/** The same for htmx, whose request a redirect to another origin would end. Source: htmx.org, "HX-Redirect". */
export function htmxRedirectTo(url: string): RouteResponse {
  return respond(200, { 'hx-redirect': url });
}

/** Gives the session to a script. */
export function sessionJson({ sessionId, url }: Session): RouteResponse {
  return respond(200, { 'content-type': 'application/json' }, JSON.stringify({ sessionId, url }));
}

/** Problem details, for scripts. Source: RFC 9457. */
export function problemJson({ status, title, code, requestId = newId(), headers }: Problem): RouteResponse {
  const body = JSON.stringify({ title, status, code, requestId });
  return respond(status, { 'content-type': 'application/problem+json', ...headers }, body);
}

/** A page, for people. `back` is where its link leads. */
export function problemPage({ status, title, requestId = newId(), headers }: Problem, back: string): RouteResponse {
  return respond(
    status,
    {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      ...headers,
    },
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>${title}</title>` +
      `<style>html{color-scheme:light dark;font:1.1em/1.5 system-ui;max-width:32em;margin:15vh auto;padding:0 1em;overflow-wrap:anywhere}h1{line-height:1.2}</style>` +
      `<main><h1>${title}</h1><p>Your request: <code>${escapeHtml(requestId)}</code></p>` +
      `<p><a href="${escapeHtml(back)}">Go back</a></p></main>`,
  );
}

/** The id of an answer without a call. */
export function newId(): string {
  return crypto.randomUUID();
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
