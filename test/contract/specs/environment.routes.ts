import type { TestRoute } from '../../support/test-app.ts';
import { type OnError, signedIn as identify } from '../route-context.ts';

/** Routes of three lines, which find their keys in the environment. */
export function environmentRoutes(onError: OnError): TestRoute[] {
  return [
    {
      path: '/attached',
      middleware: { source: undefined },
      attached: (faceVerify, request) => faceVerify.createSession(identify(request)),
    },
    { path: '/mounted', middleware: { source: undefined }, mounted: { identify, onError } },
    { path: '/mounted-alone', mounted: { identify, onError } },
    // With the keys of the environment, every option of every route counts.
    ...[1, 2].map((n): TestRoute => ({
      path: `/attempts-${n}`,
      middleware: { source: { retry: { attempts: n, minDelayMs: 1, maxDelayMs: 1 } } },
      mounted: { identify, onError },
    })),
    ...[1, 2].map((n): TestRoute => ({
      path: `/own-attempts-${n}`,
      mounted: { identify, onError, client: { retry: { attempts: n, minDelayMs: 1, maxDelayMs: 1 } } },
    })),
    {
      path: '/no-tenant',
      mounted: { identify, onError, client: () => ({}) },
    },
    { path: '/options', middleware: { source: { timeoutMs: 5_000 } }, mounted: { identify, onError } },
  ];
}
