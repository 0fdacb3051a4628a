import type { Identity } from '@faceverify/core/adapter';
import type { TestRoute } from '../../support/test-app.ts';
import { later, LOGIN_DOWN, type RouteContext, signedIn } from '../route-context.ts';

/** Identities that must be refused, by the name of their route: `/identity-<name>`. */
export const WRONG_IDENTITIES: Readonly<Record<string, unknown>> = {
  undefined: { uniqueIdentifier: undefined },
  null: { uniqueIdentifier: null },
  number: { uniqueIdentifier: 1 },
  empty: { uniqueIdentifier: '' },
  blank: { uniqueIdentifier: ' \n ' },
  'text-undefined': { uniqueIdentifier: 'undefined' },
  'text-null': { uniqueIdentifier: 'null' },
  'text-nan': { uniqueIdentifier: 'NaN' },
  'text-object': { uniqueIdentifier: '[object Object]' },
  'text-promise': { uniqueIdentifier: '[object Promise]' },
  array: { uniqueIdentifier: ['user-of-an-array'] },
  object: { uniqueIdentifier: {} },
  surrogate: { uniqueIdentifier: 'half \ud83d' },
  missing: { country: 'US' },
  inherited: Object.create({ uniqueIdentifier: 'user-of-a-prototype' }) as unknown,
};

export function identityRoutes({ client, onError }: RouteContext): TestRoute[] {
  return [
    { path: '/async-identify', mounted: { identify: (request) => later(signedIn(request)), onError, client } },
    {
      path: '/throws',
      mounted: {
        identify: () => {
          throw LOGIN_DOWN;
        },
        onError,
        client,
      },
    },
    { path: '/rejects', mounted: { identify: () => Promise.reject(LOGIN_DOWN), onError, client } },
    { path: '/whole-user', mounted: { identify: (request) => wholeUser(signedIn(request)), onError, client } },
    ...Object.entries(WRONG_IDENTITIES).map(([name, identity]): TestRoute => ({
      path: `/identity-${name}`,
      // Not an Identity at all: this is the app written in JavaScript, or with a cast.
      mounted: { identify: () => identity as Identity, onError, client },
    })),
  ];
}

/** A user as a database gives it: only its identity may leave the app. */
function wholeUser(identity: Identity | undefined): Identity | undefined {
  const rest = { email: 'ada@example.com', passwordHash: 'not for the vendor' };
  return identity && { ...rest, ...identity };
}
