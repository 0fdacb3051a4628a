import type { TestRoute } from '../../support/test-app.ts';
import { type RouteContext, signedIn as identify } from '../route-context.ts';

export function crossSiteRoutes({ client, onError }: RouteContext): TestRoute[] {
  return [{ path: '/origins', mounted: { identify, onError, client, origins: ['https://app.example.com'] } }];
}
