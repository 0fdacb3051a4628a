import { createFaceVerify } from '@faceverify/core';
import type { CreateSession, TestRoute } from '../../support/test-app.ts';
import { later, LOGIN_DOWN, type RouteContext, signedIn } from '../route-context.ts';

const attached: CreateSession = (faceVerify, request) => faceVerify.createSession(signedIn(request) ?? {});

export function attachedRoutes({ client, otherClient, downClient, tenantOf }: RouteContext): TestRoute[] {
  return [
    { path: '/attached', middleware: { source: client }, attached },
    { path: '/attached-other', middleware: { source: otherClient }, attached },
    { path: '/attached-made-client', middleware: { source: createFaceVerify(client) }, attached },
    { path: '/attached-tenants', middleware: { source: tenantOf }, attached },
    { path: '/attached-tenants-later', middleware: { source: (request) => later(tenantOf(request)) }, attached },
    { path: '/attached-tenants-throw', middleware: { source: () => Promise.reject(LOGIN_DOWN) }, attached },
    {
      path: '/attached-anonymous',
      middleware: { source: client },
      attached: (faceVerify) => faceVerify.createSession(),
    },
    { path: '/attached-down', middleware: { source: downClient }, attached },
  ];
}
