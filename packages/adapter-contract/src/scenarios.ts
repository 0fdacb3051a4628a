/**
 * The routes of the contract app, as data. Every adapter mounts all of them in a loop, so whoever
 * joins the contract cannot leave one out. Runs on Workers too: nothing here needs Node or vitest.
 */
import {
  createFaceVerify,
  type FaceVerify,
  type FaceVerifyOptions,
  type Identity,
  type Session,
  type SessionRouteOptions,
  type Source,
} from '@faceverify/core';
import type { AppSettings, VendorAccess } from './settings.ts';

/** What a scenario reads of a request: every framework can give it. */
export interface View {
  readonly header: (name: string) => string | undefined;
}

/** One route of the contract app. */
export interface Scenario<Native> {
  readonly path: `/${string}`;
  /** `faceVerify(source)` goes before the route; without this key it does not. */
  readonly middleware?: { readonly source: Source<Native> | undefined };
  /** The route is `sessionHandler(mounted)`. */
  readonly mounted?: SessionRouteOptions<Native> & { readonly client?: Source<Native> | undefined };
  /** The route is a handler of the app's own, which redirects to the session that this creates. */
  readonly attached?: (client: FaceVerify, native: Native) => Promise<Session>;
}

/** What `identify` of the `/throws` routes throws: the framework must be handed this very object. */
export const LOGIN_DOWN: Error = new Error('The login database is down');

/** Identities that must be refused, by the name of their route: `/identity-<name>`. */
export const WRONG_IDENTITIES: Readonly<Record<string, unknown>> = {
  undefined: { uniqueIdentifier: undefined },
  null: { uniqueIdentifier: null },
  number: { uniqueIdentifier: 1 },
  empty: { uniqueIdentifier: '' },
  array: { uniqueIdentifier: ['user-of-an-array'] },
  object: { uniqueIdentifier: {} },
  surrogate: { uniqueIdentifier: 'half \ud83d' },
  missing: { country: 'US' },
  inherited: Object.create({ uniqueIdentifier: 'user-of-a-prototype' }) as unknown,
};

/** The signed-in user as the tests' stand-in for a login sends it: percent-encoded, to hold any character. */
function signedIn(view: View): Identity | undefined {
  const user = view.header('x-user');
  if (!user) return undefined;
  const country = view.header('x-country');
  return { uniqueIdentifier: decodeURIComponent(user), ...(country ? { country } : {}) };
}

function optionsOf({ apiKey, secretKey, baseUrl }: VendorAccess): FaceVerifyOptions {
  return { apiKey, secretKey, baseUrl, retry: false };
}

/** The scenarios that stand on their own keys. `onError` is the hook that every mounted route gets. */
export function scenariosOf(
  settings: AppSettings,
  onError: NonNullable<SessionRouteOptions<View>['onError']>,
): readonly Scenario<View>[] {
  const client = optionsOf(settings.vendor);
  const otherClient = optionsOf(settings.otherVendor);
  const tenantOf = (view: View): FaceVerifyOptions =>
    view.header('x-tenant') === 'other' ? optionsOf(settings.otherVendor) : optionsOf(settings.vendor);
  const later = async <T>(value: T): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return value;
  };
  const identify = signedIn;
  const create: Scenario<View>['attached'] = (faceVerify, view) => faceVerify.createSession(signedIn(view) ?? {});

  return [
    // Mounted: what it answers.
    { path: '/session', middleware: { source: client }, mounted: { identify, onError } },
    { path: '/json', middleware: { source: client }, mounted: { identify, onError, respond: 'json' } },
    { path: '/redirect', middleware: { source: client }, mounted: { identify, onError, respond: 'redirect' } },
    { path: '/origins', mounted: { identify, onError, client, origins: ['https://app.example.com'] } },
    { path: '/page-hosts', mounted: { identify, onError, client: { ...client, sessionHosts: ['pages.example.com'] } } },
    { path: '/pass-errors', mounted: { identify, onError, client, passErrors: true } },
    { path: '/no-hook', mounted: { identify, client } },
    { path: '/down', mounted: { identify, onError, client: optionsOf(settings.vendorDown) } },
    { path: '/silent', mounted: { identify, onError, client: { ...optionsOf(settings.vendorSilent), ...PATIENT } } },
    { path: '/hurried', mounted: { identify, onError, client: { ...client, timeoutMs: 150 } } },

    // Mounted: who is signed in.
    { path: '/async-identify', mounted: { identify: (view) => later(signedIn(view)), onError, client } },
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
    { path: '/whole-user', mounted: { identify: (view) => wholeUser(signedIn(view)), onError, client } },
    ...Object.entries(WRONG_IDENTITIES).map(([name, identity]): Scenario<View> => ({
      path: `/identity-${name}`,
      // Not an Identity at all: this is the app written in JavaScript, or with a cast.
      mounted: { identify: () => identity as Identity, onError, client },
    })),

    // Mounted: where its client comes from.
    { path: '/no-keys', mounted: { identify, onError } },
    { path: '/other', middleware: { source: otherClient }, mounted: { identify, onError } },
    { path: '/own-client', middleware: { source: client }, mounted: { identify, onError, client: otherClient } },
    { path: '/made-client', mounted: { identify, onError, client: createFaceVerify(client) } },
    { path: '/tenants', mounted: { identify, onError, client: tenantOf } },
    { path: '/tenants-later', mounted: { identify, onError, client: (view) => later(tenantOf(view)) } },
    { path: '/tenants-before', middleware: { source: tenantOf }, mounted: { identify, onError } },

    // Attached: createSession in a handler of the app's own.
    { path: '/attached', middleware: { source: client }, attached: create },
    { path: '/attached-other', middleware: { source: otherClient }, attached: create },
    { path: '/attached-made-client', middleware: { source: createFaceVerify(client) }, attached: create },
    { path: '/attached-tenants', middleware: { source: tenantOf }, attached: create },
    { path: '/attached-tenants-later', middleware: { source: (view) => later(tenantOf(view)) }, attached: create },
    { path: '/attached-tenants-throw', middleware: { source: () => Promise.reject(LOGIN_DOWN) }, attached: create },
    {
      path: '/attached-anonymous',
      middleware: { source: client },
      attached: (faceVerify) => faceVerify.createSession(),
    },
    { path: '/attached-down', middleware: { source: optionsOf(settings.vendorDown) }, attached: create },
  ];
}

/** So that a call to the silent vendor ends for one reason only: the visitor has gone. */
const PATIENT = { timeoutMs: 600_000, attemptTimeoutMs: 600_000 } as const;

/** A user as a database gives it: only its identity may leave the app. */
function wholeUser(identity: Identity | undefined): Identity | undefined {
  const rest = { email: 'ada@example.com', passwordHash: 'not for the vendor' };
  return identity && { ...rest, ...identity };
}

/** The scenarios of three lines, which find their keys in the environment. */
export function environmentScenarios(
  onError: NonNullable<SessionRouteOptions<View>['onError']>,
): readonly Scenario<View>[] {
  return [
    {
      path: '/attached',
      middleware: { source: undefined },
      attached: (faceVerify, view) => faceVerify.createSession(signedIn(view)),
    },
    { path: '/mounted', middleware: { source: undefined }, mounted: { identify: signedIn, onError } },
    { path: '/mounted-alone', mounted: { identify: signedIn, onError } },
    { path: '/options', middleware: { source: { timeoutMs: 5_000 } }, mounted: { identify: signedIn, onError } },
  ];
}
