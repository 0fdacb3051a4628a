import type { TestRoute } from '../../support/test-app.ts';
import { type RouteContext, signedIn as identify } from '../route-context.ts';

export function answersRoutes({ client, onError }: RouteContext): TestRoute[] {
  return [
    { path: '/session', middleware: { source: client }, mounted: { identify, onError } },
    { path: '/json', middleware: { source: client }, mounted: { identify, onError, respond: 'json' } },
    { path: '/redirect', middleware: { source: client }, mounted: { identify, onError, respond: 'redirect' } },
  ];
}
