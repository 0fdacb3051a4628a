import { describe } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';
import { answersAsAsked } from './specs/answers.ts';
import { attachesTheClient } from './specs/attached.ts';
import { findsItsClient } from './specs/clients.ts';
import { refusesOtherSites } from './specs/cross-site.ts';
import { leavesErrorsToTheFramework } from './specs/default-errors.ts';
import { readsTheEnvironment } from './specs/environment.ts';
import { failsWell } from './specs/failures.ts';
import { survivesLeaving } from './specs/leaving.ts';
import { knowsWhoIsSignedIn } from './specs/identity.ts';
import { redirectsToTheVendorOnly } from './specs/links.ts';
import { serve } from '../support/serve.ts';
import type { Framework } from '../support/test-app.ts';
import { contractApp } from './contract-app.ts';
import { expectLimits } from './limits.ts';
import { type Pair, pairOf } from './pairs.ts';
import type { StartApp } from './settings.ts';
import { useTestContext } from './test-context.ts';

const MOUNTS = [
  { mount: 'at the root, bodies unread', prefix: '', parseBody: false },
  { mount: 'under a prefix, behind a body parser', prefix: '/shop/kyc', parseBody: true },
] as const;

/** The suite that every adapter passes, on a real server with real sockets. */
export function adapterContract({ name, listenerOf }: Framework): void {
  const node = { runtime: 'Node', runtimeVersion: process.versions.node };
  contractOf(pairOf(node, name), async (settings) => serve(await listenerOf(contractApp(settings))));
}

/** The same for an app that runs elsewhere. */
export function contractOf(pair: Pair, start: StartApp): void {
  const { runtime, runtimeVersion, framework, frameworkVersion } = pair;
  const versions = `${framework} ${frameworkVersion} on ${runtime} ${runtimeVersion}`;
  describe(`in ${versions}`, { meta: { pair } }, () => {
    expectLimits(pair);
    const hasMiddleware = ADAPTERS.find(({ title }) => title === framework)?.hasMiddleware !== false;
    describe.each(MOUNTS)('$mount', ({ prefix, parseBody }) => {
      const context = useTestContext(start, { prefix, parseBody, keys: 'given' });
      answersAsAsked(context);
      refusesOtherSites(context);
      knowsWhoIsSignedIn(context);
      failsWell(context);
      survivesLeaving(context);
      redirectsToTheVendorOnly(context);
      findsItsClient(context, hasMiddleware);
      attachesTheClient(context, hasMiddleware);
    });
    readsTheEnvironment(start);
    leavesErrorsToTheFramework(start);
  });
}
