/** What the routes of the specs are made of. Runs on Workers too: nothing here needs Node or vitest. */
import type { FaceVerifyOptions } from '@faceverify/core';
import type { Identity } from '@faceverify/core/adapter';
import type { HandlerOptions, TestRequest } from '../support/test-app.ts';
import type { AppSettings, VendorAccess } from './settings.ts';

/** The hook that every ready route gets. */
export type OnError = NonNullable<HandlerOptions<TestRequest>['onError']>;

/** Options of clients, by what they reach. */
export interface RouteContext {
  readonly onError: OnError;
  readonly client: FaceVerifyOptions;
  readonly otherClient: FaceVerifyOptions;
  readonly downClient: FaceVerifyOptions;
  readonly silentClient: FaceVerifyOptions;
  /** The client of the tenant that `x-tenant` names. */
  readonly tenantOf: (request: TestRequest) => FaceVerifyOptions;
}

export function routeContext(
  { vendor, otherVendor, vendorDown, vendorSilent }: Omit<AppSettings, 'prefix' | 'parseBody'>,
  onError: OnError,
): RouteContext {
  const client = optionsOf(vendor);
  const otherClient = optionsOf(otherVendor);
  return {
    onError,
    client,
    otherClient,
    downClient: optionsOf(vendorDown),
    silentClient: optionsOf(vendorSilent),
    tenantOf: (request) => ({ ...(request.header('x-tenant') === 'other' ? otherClient : client) }),
  };
}

function optionsOf({ apiKey, secretKey, baseUrl }: VendorAccess): FaceVerifyOptions {
  return { apiKey, secretKey, baseUrl, retry: false };
}

/** What `identify` of the `/throws` routes throws: the framework must be handed this very object. */
export const LOGIN_DOWN: Error = new Error('The login database is down');

/** The signed-in user as the test login sends it: percent-encoded, to hold any character. */
export function signedIn(request: TestRequest): Identity | undefined {
  const user = request.header('x-user');
  if (!user) return undefined;
  const country = request.header('x-country');
  return { uniqueIdentifier: decodeURIComponent(user), ...(country ? { country } : {}) };
}

/** `value`, but a moment later. */
export async function later<T>(value: T): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return value;
}
