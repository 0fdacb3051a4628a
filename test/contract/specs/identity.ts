import { describe, expect, test } from 'vitest';
import { WRONG_IDENTITIES } from './identity.routes.ts';
import { type TestContext, USER, type Visit } from '../test-context.ts';
import { expectJson, expectPage, expectProblem } from './expectations.ts';

const VICTIM = 'user-whose-link-is-wanted';
const JSON_BODY = { 'content-type': 'application/json' };

/** Places in which the signed-in user puts somebody else's id. */
const THEFT: readonly (Visit & {
  readonly in: string;
  readonly query?: string;
  /** A body parser that knows this trick answers 400 itself. */
  readonly parserMayRefuse?: true;
})[] = [
  { in: 'a JSON body', headers: JSON_BODY, body: JSON.stringify({ uniqueIdentifier: VICTIM, country: 'XX' }) },
  { in: 'a JSON list', headers: JSON_BODY, body: JSON.stringify([{ uniqueIdentifier: VICTIM }]) },
  {
    in: '__proto__',
    parserMayRefuse: true,
    headers: JSON_BODY,
    body: `{"__proto__":{"uniqueIdentifier":"${VICTIM}"}}`,
  },
  {
    in: 'constructor.prototype',
    headers: JSON_BODY,
    body: `{"constructor":{"prototype":{"uniqueIdentifier":"${VICTIM}"}}}`,
  },
  {
    in: 'a form',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `uniqueIdentifier=${VICTIM}&user=${VICTIM}`,
  },
  {
    in: '__proto__ of a form',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `__proto__[uniqueIdentifier]=${VICTIM}`,
  },
  { in: 'the query', query: `?uniqueIdentifier=${VICTIM}&user=${VICTIM}` },
  { in: '__proto__ of the query', query: `?__proto__[uniqueIdentifier]=${VICTIM}` },
  {
    in: 'headers',
    headers: { uniqueidentifier: VICTIM, 'x-unique-identifier': VICTIM, cookie: `uniqueIdentifier=${VICTIM}` },
  },
  { in: 'another way to say the method', headers: { 'x-http-method-override': 'PUT', 'x-user-id': VICTIM } },
];

export function knowsWhoIsSignedIn(context: TestContext): void {
  describe('whose session it is', () => {
    test.each(THEFT)('is not decided by $in', async ({ query = '', headers = {}, body, parserMayRefuse = false }) => {
      const answer = await context.visit(`/session${query}`, { headers, body });
      if (parserMayRefuse && context.parsesBodies && answer.status === 400) {
        expect(context.vendorSaw()).toEqual([]);
        return;
      }
      expectJson(answer, context);
      expect(context.vendorSaw()).toEqual([{ apiKey: 'key-of-the-app', body: `{"uniqueIdentifier":"${USER}"}` }]);
    });

    test('is decided by identify, which may take its time', async () => {
      expectJson(await context.visit('/async-identify'), context);
      expect(context.vendorSaw()).toEqual([{ apiKey: 'key-of-the-app', body: `{"uniqueIdentifier":"${USER}"}` }]);
    });

    test.each(['/session', '/async-identify'])("is nobody's at %s where nobody is signed in: 401", async (path) => {
      expectProblem(await context.visit(path, { user: null }), 401, 'unauthenticated');
      expect(context.vendorSaw()).toEqual([]);
      expect(await context.notes()).toEqual([]);
    });

    test("is nobody's, and a person who is signed out gets a page", async () => {
      expectPage(await context.visit('/session', { user: null, headers: { accept: 'text/html' } }), 401);
      expect(context.vendorSaw()).toEqual([]);
    });

    test.each(['/throws', '/rejects'])(
      'is unknown where identify throws (%s): that very error reaches the framework',
      async (path) => {
        const answer = await context.visit(path);
        expect(answer.status).toBe(500);
        expect(answer.headers['content-type']).not.toContain('problem+json');
        expect(await context.notes()).toMatchObject([{ toldTo: 'framework', isLoginDown: true }]);
        expect(context.vendorSaw()).toEqual([]);
      },
    );

    test.each(Object.keys(WRONG_IDENTITIES))('is never guessed from an identity with %s', async (name) => {
      expectProblem(await context.visit(`/identity-${encodeURIComponent(name)}`), 500, 'invalid_params');
      const notes = await context.notes();
      expect(notes).toMatchObject([{ toldTo: 'onError', code: 'invalid_params' }]);
      expect(notes[0]?.message).toContain('uniqueIdentifier');
      expect(context.vendorSaw()).toEqual([]);
    });

    test('stays two where two names look alike', async () => {
      const [composed, decomposed] = ['user-Zo\u00eb-Ang\u00e9lique', 'user-Zoe\u0308-Ange\u0301lique'];
      const links = [
        await context.visit('/session', { user: composed }),
        await context.visit('/session', { user: decomposed }),
      ].map(({ text }) => text);
      expect(context.vendor.sessions.map(({ uniqueIdentifier }) => uniqueIdentifier)).toEqual([composed, decomposed]);
      expect(links[0]).not.toBe(links[1]);
    });

    test('is all that the vendor learns of the user', async () => {
      expectJson(await context.visit('/whole-user'), context);
      expect(context.vendorSaw()).toEqual([{ apiKey: 'key-of-the-app', body: `{"uniqueIdentifier":"${USER}"}` }]);
    });
  });
}
