// What is not FaceVerify, for servers of the web standards: the stand-in login and the page.
import { type Person, signedIn } from './login.ts';
import { site } from './site.ts';

export function userOf(request: Request): Person | undefined {
  return signedIn(request.headers.get('cookie') ?? undefined);
}

/** The page, or the page again where a route has failed. */
export function page(framework: string, request: Request, error?: unknown): Response {
  const setup = { framework, baseUrl: process.env['FACEVERIFY_BASE_URL'] };
  const cookie = request.headers.get('cookie') ?? undefined;
  const visit = { method: request.method, path: new URL(request.url).pathname, headers: { cookie } };
  const { status, headers, body } = site(setup, visit, error);
  return new Response(body, { status, headers });
}
