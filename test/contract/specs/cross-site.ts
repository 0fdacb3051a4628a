import { describe, expect, test } from 'vitest';
import type { TestContext } from '../test-context.ts';
import { expectJson, expectPage, expectPrivate, expectProblem } from './expectations.ts';

interface Row {
  readonly from: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Default: `/session`; `/origins` lists `https://app.example.com`. */
  readonly path?: '/origins';
}

const HOST = { host: 'shop.example' };
const LISTED = 'https://app.example.com';

/** The five rules, in their order, each from the side that it lets in. */
const WELCOME: readonly Row[] = [
  { from: 'a listed origin', path: '/origins', headers: { origin: LISTED } },
  {
    from: 'a listed app',
    path: '/origins',
    headers: { origin: 'capacitor://localhost', 'sec-fetch-site': 'cross-site' },
  },
  {
    from: 'a listed origin, which the browser calls cross-site',
    path: '/origins',
    headers: { origin: LISTED, 'sec-fetch-site': 'cross-site' },
  },
  {
    from: 'a listed origin, which the browser calls a sibling',
    path: '/origins',
    headers: { origin: LISTED, 'sec-fetch-site': 'same-site' },
  },
  {
    from: 'a page of the same origin',
    headers: { ...HOST, origin: 'https://shop.example', 'sec-fetch-site': 'same-origin' },
  },
  {
    from: 'a form of the same origin that hides its origin',
    headers: { origin: 'null', 'sec-fetch-site': 'same-origin' },
  },
  { from: 'the person herself, as by a bookmark', headers: { 'sec-fetch-site': 'none' } },
  { from: 'an app or a server: no Origin at all', headers: {} },
  { from: 'the same host, in an old browser', headers: { ...HOST, origin: 'https://shop.example' } },
  { from: 'the same host, with its port', headers: { host: 'shop.example:8443', origin: 'https://shop.example:8443' } },
  {
    from: 'the same host, with the default port of https',
    headers: { host: 'shop.example:443', origin: 'https://shop.example' },
  },
  {
    from: 'the same host, with the default port of http',
    headers: { host: 'shop.example:80', origin: 'http://shop.example' },
  },
  {
    from: 'the same host, behind a proxy that names another',
    headers: { ...HOST, origin: 'https://shop.example', 'x-forwarded-host': 'inner.example' },
  },
];

/** The same rules from the other side. */
const UNWELCOME: readonly Row[] = [
  { from: 'an app that is not listed', path: '/origins', headers: { origin: 'ionic://localhost' } },
  { from: 'an origin that another route lists', headers: { origin: LISTED } },
  { from: 'a listed name under another scheme', path: '/origins', headers: { origin: 'http://app.example.com' } },
  { from: 'a listed name on another port', path: '/origins', headers: { origin: `${LISTED}:8443` } },
  { from: 'a name that begins like a listed one', path: '/origins', headers: { origin: `${LISTED}.evil.example` } },
  { from: 'a name that ends like a listed one', path: '/origins', headers: { origin: 'https://evilapp.example.com' } },
  {
    from: "a form on somebody else's site",
    headers: { ...HOST, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  },
  { from: "a fetch by somebody else's script, without Origin", headers: { 'sec-fetch-site': 'cross-site' } },
  { from: 'a sibling site', headers: { ...HOST, origin: 'https://pay.shop.example', 'sec-fetch-site': 'same-site' } },
  {
    from: 'what claims the same host, but not to the browser',
    headers: { ...HOST, origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' },
  },
  { from: 'a site of a kind yet unknown', headers: { 'sec-fetch-site': 'same-planet' } },
  { from: 'a sibling site, in an old browser', headers: { ...HOST, origin: 'https://pay.shop.example' } },
  { from: 'another port', headers: { host: 'shop.example:8443', origin: 'https://shop.example' } },
  { from: "the other scheme's default port", headers: { host: 'shop.example:80', origin: 'https://shop.example' } },
  { from: 'a name that begins like the host', headers: { ...HOST, origin: 'https://shop.example.evil.example' } },
  { from: 'a name with the host as user info', headers: { ...HOST, origin: 'https://shop.example@evil.example' } },
  { from: 'two origins at once', headers: { ...HOST, origin: 'https://shop.example, https://evil.example' } },
  { from: 'a sandboxed frame, in an old browser', headers: { origin: 'null' } },
  { from: 'a sandboxed frame', headers: { origin: 'null', 'sec-fetch-site': 'cross-site' } },
  {
    from: 'another site that says X-Forwarded-Host',
    headers: { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  },
  {
    from: 'another site that says Forwarded',
    headers: { origin: 'https://evil.example', forwarded: 'host=evil.example' },
  },
];

export function refusesOtherSites(context: TestContext): void {
  describe('sameOrigin() before a route of the app', () => {
    test.each(WELCOME)('lets in $from', async ({ path, headers }) => {
      const answer = await context.visit(path === '/origins' ? '/own-origins' : '/own', { headers });
      expect(answer).toMatchObject({ status: 303, headers: { location: context.vendor.sessions[0]?.url } });
      expectPrivate(answer);
    });

    test.each(UNWELCOME)('refuses $from', async ({ path, headers }) => {
      const answer = await context.visit(path === '/origins' ? '/own-origins' : '/own', { headers });
      expectProblem(answer, 403, 'cross_site');
      expect(context.vendorSaw()).toEqual([]);
    });

    test.each(['get', 'head', 'options'] as const)('leaves %s alone', async (method) => {
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      const answer = await context.visit('/own', { method, headers });
      expect(answer.status).not.toBe(403);
      // A page with a form that hid where it is sent from would be refused by the route itself.
      expect(answer.headers['referrer-policy']).toBeUndefined();
    });
  });

  describe('the ready route', () => {
    test.each(WELCOME)('lets in $from', async ({ path = '/session', headers }) => {
      const answer = await context.visit(path, { headers });
      expect(answer.status).toBe(200);
      expectJson(answer, context);
    });

    test.each(UNWELCOME)('refuses $from', async ({ path = '/session', headers }) => {
      expectProblem(await context.visit(path, { headers }), 403, 'cross_site');
      expect(context.vendorSaw()).toEqual([]);
    });

    test('shows a person from another site a page, and leads to no failureUrl', async () => {
      const headers = { accept: 'text/html', origin: 'https://evil.example' };
      expectPage(await context.visit('/failure-url', { headers }), 403);
      expect(context.vendorSaw()).toEqual([]);
    });

    test('refuses another site before it asks who is signed in', async () => {
      expectProblem(await context.visit('/throws', { headers: { origin: 'https://evil.example' } }), 403, 'cross_site');
      expect(await context.notes()).toEqual([]);
    });
  });
}
