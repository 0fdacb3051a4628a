/**
 * The routes of the contract app. Every adapter mounts all of them in a loop, so none can leave one
 * out. Runs on Workers too: nothing here needs Node or vitest.
 */
import type { TestRoute } from '../support/test-app.ts';
import { type OnError, routeContext } from './route-context.ts';
import type { AppSettings } from './settings.ts';
import { answersRoutes } from './specs/answers.routes.ts';
import { attachedRoutes } from './specs/attached.routes.ts';
import { clientsRoutes } from './specs/clients.routes.ts';
import { crossSiteRoutes } from './specs/cross-site.routes.ts';
import { environmentRoutes } from './specs/environment.routes.ts';
import { failuresRoutes } from './specs/failures.routes.ts';
import { identityRoutes } from './specs/identity.routes.ts';
import { leavingRoutes } from './specs/leaving.routes.ts';
import { linksRoutes } from './specs/links.routes.ts';

/** The routes of all specs, or of those that find their keys in the environment. */
export function contractRoutes(
  settings: Omit<AppSettings, 'prefix' | 'parseBody'>,
  onError: OnError,
): readonly TestRoute[] {
  if (settings.keys === 'from environment') return environmentRoutes(onError);
  const context = routeContext(settings, onError);
  return [
    answersRoutes,
    crossSiteRoutes,
    identityRoutes,
    failuresRoutes,
    leavingRoutes,
    linksRoutes,
    clientsRoutes,
    attachedRoutes,
  ].flatMap((routesOf) => routesOf(context));
}
