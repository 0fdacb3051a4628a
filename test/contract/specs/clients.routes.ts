import { createFaceVerify } from '@faceverify/core';
import type { TestRoute } from '../../support/test-app.ts';
import { later, type RouteContext, signedIn as identify } from '../route-context.ts';

export function clientsRoutes({ client, otherClient, tenantOf, onError }: RouteContext): TestRoute[] {
  return [
    { path: '/no-keys', mounted: { identify, onError } },
    { path: '/other', middleware: { source: otherClient }, mounted: { identify, onError } },
    { path: '/own-client', middleware: { source: client }, mounted: { identify, onError, client: otherClient } },
    { path: '/made-client', mounted: { identify, onError, client: createFaceVerify(client) } },
    { path: '/tenants', mounted: { identify, onError, client: tenantOf } },
    { path: '/tenants-later', mounted: { identify, onError, client: (request) => later(tenantOf(request)) } },
    { path: '/tenants-before', middleware: { source: tenantOf }, mounted: { identify, onError } },
  ];
}
