import type { TestRoute } from '../../support/test-app.ts';
import { type RouteContext, signedIn as identify } from '../route-context.ts';

export function failuresRoutes({ client, downClient, onError }: RouteContext): TestRoute[] {
  return [
    { path: '/pass-errors', mounted: { identify, onError, client, passErrors: true } },
    { path: '/no-hook', mounted: { identify, client } },
    { path: '/failure-url', mounted: { identify, onError, client, failureUrl: '/failed' } },
    { path: '/down', mounted: { identify, onError, client: downClient } },
    { path: '/hurried', mounted: { identify, onError, client: { ...client, timeoutMs: 150 } } },
  ];
}
