import { describe } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';
import { answersAsAsked } from './specs/answers.ts';
import { attachesTheClient } from './specs/attached.ts';
import { findsItsClient } from './specs/clients.ts';
import { refusesOtherSites } from './specs/cross-site.ts';
import { readsTheEnvironment } from './specs/environment.ts';
import { failsWell } from './specs/failures.ts';
import { survivesLeaving } from './specs/leaving.ts';
import { knowsWhoIsSignedIn } from './specs/identity.ts';
import { redirectsToTheVendorOnly } from './specs/links.ts';
import { serve } from '../support/serve.ts';
import type { Framework } from '../support/test-app.ts';
import { contractApp } from './contract-app.ts';
import type { StartApp } from './settings.ts';
import { useTestContext } from './test-context.ts';

const MOUNTS = [
  { mount: 'at the root, bodies unread', prefix: '', parseBody: false },
  { mount: 'under a prefix, behind a body parser', prefix: '/shop/kyc', parseBody: true },
] as const;

/** The suite that every adapter passes, on a real server with real sockets. */
export function adapterContract({ name, listenerOf }: Framework): void {
  contractOf(name, async (settings) => serve(await listenerOf(contractApp(settings))));
}

/**
 * The same for an app that runs elsewhere.
 *
 * @param title Framework and runtime, for the report; it begins with the adapter's title in adapters.mjs.
 * @param noticesLeaving Whether the runtime says that a visitor has gone.
 */
export function contractOf(title: string, start: StartApp, { noticesLeaving = true } = {}): void {
  const hasMiddleware = ADAPTERS.find((adapter) => title.startsWith(adapter.title))?.hasMiddleware !== false;
  describe(`in ${title}`, () => {
    describe.each(MOUNTS)('$mount', ({ prefix, parseBody }) => {
      const context = useTestContext(start, { prefix, parseBody, keys: 'given' });
      answersAsAsked(context);
      refusesOtherSites(context);
      knowsWhoIsSignedIn(context);
      failsWell(context);
      survivesLeaving(context, noticesLeaving);
      redirectsToTheVendorOnly(context);
      findsItsClient(context, hasMiddleware);
      attachesTheClient(context, hasMiddleware);
    });
    readsTheEnvironment(start);
  });
}
