import { describe, expect, test } from 'vitest';
import { type TestContext, USER } from '../test-context.ts';
import { expectJson, expectPrivate, expectProblem, expectRedirect } from './expectations.ts';

/** `Accept` as it is sent, and whether `respond: 'auto'` redirects. */
const ACCEPT: readonly (readonly [by: string, accept: string | undefined, redirects: boolean, mode?: string])[] = [
  ['a browser that submits a form', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['a browser that says it navigates', 'text/html,*/*;q=0.8', true, 'navigate'],
  ['a library that fetches pages', 'text/html, application/xhtml+xml', false, 'cors'],
  ['a client that can do both', 'application/json, Text/HTML;q=0.5', true],
  ['a script', '*/*', false],
  ['a script that wants JSON', 'application/json', false],
  ['a client that refuses HTML', 'application/json, text/html;q=0', false],
  ['a client that says nothing', undefined, false],
];

/** What browsers and scripts send without a body. Frameworks that read bodies refuse some of it by default. */
const UNREAD = [
  {
    what: 'a plain form without fields',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html,*/*;q=0.8' },
    redirects: true,
  },
  { what: 'an empty JSON body', headers: { 'content-type': 'application/json' }, redirects: false },
  { what: 'a content type that is none', headers: { 'content-type': 'nonsense' }, redirects: false },
];

export function answersAsAsked(context: TestContext): void {
  describe('the ready route answers', () => {
    test.each(ACCEPT.map(([by, accept, redirects, mode]) => ({ by, accept, redirects, mode })))(
      '$by (Accept: $accept), by redirect: $redirects',
      async ({ accept, redirects, mode }) => {
        const headers: Record<string, string> = accept === undefined ? {} : { accept };
        if (mode !== undefined) headers['sec-fetch-mode'] = mode;
        const answer = await context.visit('/session', { headers });
        if (redirects) expectRedirect(answer, context);
        else expectJson(answer, context);
        // The app had said `Vary: Origin` before, as a cors middleware does: that must stay.
        expect(answer.headers['vary']?.split(/, ?/)).toEqual(['Origin', 'Accept', 'Sec-Fetch-Mode', 'HX-Request']);
        expect(context.vendorSaw()).toEqual([{ apiKey: 'key-of-the-app', body: `{"uniqueIdentifier":"${USER}"}` }]);
      },
    );

    test.each(UNREAD)('a POST with $what, on the default settings of the framework', async ({ headers, redirects }) => {
      const answer = await context.visit('/session', { headers });
      expect(answer.status).toBe(redirects ? 303 : 200);
      if (redirects) expectRedirect(answer, context);
      else expectJson(answer, context);
    });

    test('with HX-Redirect to htmx, which cannot follow a redirect to another origin', async () => {
      const headers = { accept: 'text/html, */*', 'hx-request': 'true', 'sec-fetch-mode': 'cors' };
      const answer = await context.visit('/session', { headers });
      expectPrivate(answer);
      expect(answer).toMatchObject({ status: 200, text: '' });
      expect(answer.headers['hx-redirect']).toBe(context.vendor.sessions.at(-1)?.url);
    });

    test("in JSON with respond: 'json', even to a browser", async () => {
      const answer = await context.visit('/json', { headers: { accept: 'text/html' } });
      expectJson(answer, context);
      expect(answer.headers['vary']).toBe('Origin');
    });

    test("by redirect with respond: 'redirect', even to a script", async () => {
      const answer = await context.visit('/redirect', { headers: { accept: 'application/json' } });
      expectRedirect(answer, context);
      expect(answer.headers['vary']).toBe('Origin');
    });

    test('with the same link for the same user, and passes the country on', async () => {
      const [first, second] = [
        await context.visit('/session', { headers: { 'x-country': 'US' } }),
        await context.visit('/session', { headers: { 'x-country': 'US' } }),
      ];
      expectJson(first, context);
      expect(second.text).toBe(first.text);
      expect(context.vendorSaw()[0]?.body).toBe(`{"country":"US","uniqueIdentifier":"${USER}"}`);
    });

    test.each(['get', 'head', 'put', 'patch', 'delete', 'options'] as const)('405 to %s', async (method) => {
      const answer = await context.visit('/throws', { method }); // Its identify throws: it must not be asked.
      if (method === 'head') {
        expectPrivate(answer);
        expect(answer).toMatchObject({ status: 405, text: '' });
      } else {
        expectProblem(answer, 405, 'method_not_allowed');
      }
      expect(answer.headers['allow']).toBe('POST');
      expect(await context.notes()).toEqual([]);
    });
  });
}
