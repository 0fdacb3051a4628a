import type { CreateSession, TestRoute } from '../../support/test-app.ts';
import { type RouteContext, signedIn as identify } from '../route-context.ts';

const ORIGINS = ['https://app.example.com', 'capacitor://localhost'];
const attached: CreateSession = (faceVerify, request) => faceVerify.createSession(identify(request) ?? {});

export function crossSiteRoutes({ client, onError }: RouteContext): TestRoute[] {
  return [
    { path: '/origins', mounted: { identify, onError, client, origins: ORIGINS } },
    { path: '/own', middleware: { source: client }, sameOrigin: {}, attached },
    { path: '/own-origins', middleware: { source: client }, sameOrigin: { origins: ORIGINS }, attached },
  ];
}
