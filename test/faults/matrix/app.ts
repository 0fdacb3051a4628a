import type { FaceVerify, FaceVerifyError, SessionParams } from '@faceverify/core';
import type { Identity } from '@faceverify/core/adapter';
import { type RunningApp, serve } from '../../support/serve.ts';
import type { CreateSession, Framework, TestRoute } from '../../support/test-app.ts';

/** What an app is made of. */
export interface AppSettings {
  readonly client: FaceVerify;
  /** Who is signed in. */
  readonly identify: () => Identity;
  /** Left out, the route writes its failures to the console, as it does by itself. */
  readonly onError?: (error: FaceVerifyError, native: unknown) => void;
  /** Told what the attached client rejected with, before the framework is. */
  readonly onThrown?: (error: unknown) => void;
}

/** Starts an app: `/mounted` is the ready route; `/attached/K` and `/attached/N` call the attached client themselves. */
export async function startApp({ listenerOf }: Framework, settings: AppSettings): Promise<RunningApp> {
  return serve(
    await listenerOf({
      prefix: '',
      parseBody: false,
      routes: routesOf(settings),
      caught: console.error, // As frameworks do by default: logs are searched for secrets.
      takeNotes: () => [],
    }),
  );
}

function routesOf({ client, identify, onError, onThrown }: AppSettings): TestRoute[] {
  const middleware = { source: client };
  const create =
    (params: () => SessionParams): CreateSession =>
    async (faceVerify) => {
      try {
        return await faceVerify.createSession(params());
      } catch (error) {
        onThrown?.(error);
        throw error;
      }
    };
  return [
    {
      path: '/mounted',
      middleware,
      mounted: { identify, ...(onError && { onError: (error, { native }) => onError(error, native) }) },
    },
    { path: '/attached/K', middleware, attached: create(identify) },
    { path: '/attached/N', middleware, attached: create(() => ({ country: 'US' })) },
  ];
}
