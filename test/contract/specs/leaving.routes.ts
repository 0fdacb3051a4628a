import type { TestRoute } from '../../support/test-app.ts';
import { type RouteContext, signedIn as identify } from '../route-context.ts';

/** So that a call to the silent vendor ends for one reason only: the visitor has gone. */
const PATIENT = { timeoutMs: 600_000, attemptTimeoutMs: 600_000 } as const;

export function leavingRoutes({ silentClient, onError }: RouteContext): TestRoute[] {
  return [{ path: '/silent', mounted: { identify, onError, client: { ...silentClient, ...PATIENT } } }];
}
