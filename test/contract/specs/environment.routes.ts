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
    { path: '/options', middleware: { source: { timeoutMs: 5_000 } }, mounted: { identify, onError } },
  ];
}
