import type { TestRoute } from '../../support/test-app.ts';
import { type RouteContext, signedIn as identify } from '../route-context.ts';

export function linksRoutes({ client, onError }: RouteContext): TestRoute[] {
  return [
    { path: '/page-hosts', mounted: { identify, onError, client: { ...client, sessionHosts: ['pages.example.com'] } } },
  ];
}
