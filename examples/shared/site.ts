import { PEOPLE, signedIn, signInCookie } from './login.ts';
import { type Failure, page, type PageState } from './page.ts';

/** What the demo reads of a request: Express's and Koa's have it in this form. */
export interface Visit {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly cookie?: string | undefined };
}

/** Which server this is, and the address of FaceVerify if it is not the usual one. */
export interface Setup {
  readonly framework: string;
  readonly baseUrl: string | undefined;
}

/** What the server sends back, as it is. */
export interface Answer {
  readonly status: 200 | 303 | 404 | 502;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Everything but FaceVerify: the page and the stand-in login, on Node and Workers alike. Given what
 * a route has thrown, it answers with the page and a reference; the reason is for the log alone.
 */
export function site(setup: Setup, visit: Visit, error?: unknown): Answer {
  const { method, path } = visit;
  const person = signedIn(visit.headers.cookie);
  if (error !== undefined) return show(502, { ...setup, person, failure: explain(error) });
  if (path === '/' && (method === 'GET' || method === 'HEAD')) return show(200, { ...setup, person });
  if (method === 'POST' && path === '/sign-out') return seeOther('/', signInCookie(undefined));
  const chosen = PEOPLE.find(({ id }) => path === `/sign-in/${id}`);
  if (method === 'POST' && chosen !== undefined) return seeOther('/', signInCookie(chosen));
  return show(404, { ...setup, person, failure: { title: 'There is no such page.' } });
}

function explain(error: unknown): Failure {
  console.error(error); // No FaceVerifyError holds a secret.
  const requestId = error instanceof Error && 'requestId' in error ? String(error.requestId) : undefined;
  return { title: 'Verification could not be started. Please try again in a moment.', requestId };
}

function seeOther(location: string, cookie: string): Answer {
  return { status: 303, headers: { location, 'set-cookie': cookie, 'cache-control': 'no-store' }, body: '' };
}

function show(status: Answer['status'], { baseUrl, ...state }: Setup & Omit<PageState, 'vendor'>): Answer {
  const vendor = new URL(baseUrl ?? 'https://start.faceverify.ai').origin;
  return { status, headers: pageHeaders(vendor), body: page({ ...state, vendor }) };
}

/** What a page needs to be allowed, and no more. Yours needs the lines that name the vendor. */
function pageHeaders(vendor: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    `form-action 'self' ${vendor}`, // The form is redirected there.
    `frame-src ${vendor}`, // The iframe shows it.
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'permissions-policy': `camera=(self "${vendor}")`,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}
