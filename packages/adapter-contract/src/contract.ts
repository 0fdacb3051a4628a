import { describe } from 'vitest';
import { answersAsAsked } from './promises/answers.ts';
import { attachesTheClient } from './promises/attached.ts';
import { findsItsClient } from './promises/clients.ts';
import { refusesOtherSites } from './promises/cross-site.ts';
import { readsTheEnvironment } from './promises/environment.ts';
import { failsWell } from './promises/failures.ts';
import { survivesLeaving } from './promises/leaving.ts';
import { knowsWhoIsSignedIn } from './promises/identity.ts';
import { redirectsToTheVendorOnly } from './promises/links.ts';
import { useScene } from './scene.ts';
import type { StartApp } from './settings.ts';

const PLACES = [
  { place: 'at the root, bodies unread', prefix: '', parseBody: false },
  { place: 'under a prefix, behind a body parser', prefix: '/shop/kyc', parseBody: true },
] as const;

/**
 * The suite that every adapter passes, on a real server with real sockets.
 *
 * @param framework Name and version, for the report.
 * @param start Mounts the contract app in that framework and listens.
 * @param runtime `noticesLeaving: false` where the runtime does not say that a visitor has gone.
 * @example
 * adapterContract('Express 5', (settings) => serve(appOf(settings)));
 */
export function adapterContract(framework: string, start: StartApp, { noticesLeaving = true } = {}): void {
  describe(`in ${framework}`, () => {
    describe.each(PLACES)('$place', ({ prefix, parseBody }) => {
      const scene = useScene(start, { prefix, parseBody, keys: 'given' });
      answersAsAsked(scene);
      refusesOtherSites(scene);
      knowsWhoIsSignedIn(scene);
      failsWell(scene);
      survivesLeaving(scene, noticesLeaving);
      redirectsToTheVendorOnly(scene);
      findsItsClient(scene);
      attachesTheClient(scene);
    });
    readsTheEnvironment(start);
  });
}
