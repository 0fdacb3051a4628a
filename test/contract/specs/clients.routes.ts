import { createFaceVerify, type FaceVerifyOptions } from '@faceverify/core';
import type { TestRoute } from '../../support/test-app.ts';
import { later, type RouteContext, signedIn as identify } from '../route-context.ts';

/** What a function gives if it finds no tenant, by the name of its route. */
export const NO_TENANTS: Readonly<Record<string, unknown>> = {
  undefined,
  null: null,
  empty: {},
  keyless: { timeoutMs: 5_000 },
  prototype: Object.prototype,
  half: { apiKey: 'key-of-the-app' },
  undefined_keys: { apiKey: undefined, secretKey: undefined },
};

export function clientsRoutes({ client, otherClient, tenantOf, onError }: RouteContext): TestRoute[] {
  return [
    { path: '/no-keys', mounted: { identify, onError } },
    { path: '/other', middleware: { source: otherClient }, mounted: { identify, onError } },
    { path: '/own-client', middleware: { source: client }, mounted: { identify, onError, client: otherClient } },
    { path: '/made-client', mounted: { identify, onError, client: createFaceVerify(client) } },
    { path: '/tenants', mounted: { identify, onError, client: tenantOf } },
    { path: '/tenants-later', mounted: { identify, onError, client: (request) => later(tenantOf(request)) } },
    ...Object.entries(NO_TENANTS).map(([name, tenant]): TestRoute => ({
      path: `/no-tenant-${name}`,
      // Not options with keys at all: a tenant that was not found, in an app written in JavaScript.
      mounted: { identify, onError, client: () => tenant as FaceVerifyOptions },
    })),
    { path: '/no-tenant-mounted', middleware: { source: () => ({}) }, mounted: { identify, onError } },
    {
      path: '/keyless-over-mounted',
      middleware: { source: tenantOf },
      mounted: { identify, onError, client: { timeoutMs: 5_000 } },
    },
    { path: '/tenants-before', middleware: { source: tenantOf }, mounted: { identify, onError } },
  ];
}
