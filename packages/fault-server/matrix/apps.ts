import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { FaceVerify, FaceVerifyError, Identity, Session, SessionParams } from '@faceverify/core';
import * as forExpress from '@faceverify/express';
import * as forHono from '@faceverify/hono';
import * as forKoa from '@faceverify/koa';
import { getRequestListener } from '@hono/node-server';
import express5 from 'express';
import express4 from 'express4';
import { Hono } from 'hono';
import Koa3 from 'koa';
import Koa2 from 'koa2';

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

/** A server that listens. */
export interface RunningApp {
  readonly port: number;
  close(): Promise<void>;
}

/** `/mounted` is the ready route; `/attached/K` and `/attached/N` call the attached client themselves. */
export type StartApp = (settings: AppSettings) => Promise<RunningApp>;

function routeOptions({ identify, onError }: AppSettings): Pick<AppSettings, 'identify' | 'onError'> {
  return { identify, ...(onError !== undefined && { onError }) };
}

/** What an app's own route does with the client. */
async function createAttached(client: FaceVerify, kind: string, { identify, onThrown }: AppSettings): Promise<string> {
  const params: SessionParams = kind === 'K' ? identify() : { country: 'US' };
  let session: Session;
  try {
    session = await client.createSession(params);
  } catch (error) {
    onThrown?.(error);
    throw error;
  }
  return JSON.stringify({ sessionId: session.sessionId, url: session.url });
}

function expressApp(express: typeof express5): StartApp {
  return (settings) => {
    const app = express();
    app.use(forExpress.faceVerify(settings.client));
    app.post('/mounted', forExpress.sessionHandler(routeOptions(settings)));
    app.post('/attached/:kind', async (req, res, next) => {
      try {
        res.type('json').send(await createAttached(req.faceVerify, req.params.kind, settings));
      } catch (error) {
        next(error);
      }
    });
    return serve(app);
  };
}

function koaApp(Koa: typeof Koa3): StartApp {
  return (settings) => {
    const app = new Koa();
    const mounted = forKoa.sessionHandler(routeOptions(settings));
    app.use(forKoa.faceVerify(settings.client));
    app.use(async (ctx, next) => {
      if (ctx.path === '/mounted') {
        await mounted(ctx, next);
        return;
      }
      ctx.type = 'json';
      ctx.body = await createAttached(ctx.faceVerify, ctx.path.slice(-1), settings);
    });
    return serve(app.callback());
  };
}

const honoApp: StartApp = (settings) => {
  const app = new Hono<{ Variables: forHono.FaceVerifyVariables }>();
  app.use(forHono.faceVerify(settings.client));
  app.post('/mounted', forHono.sessionHandler(routeOptions(settings)));
  app.post('/attached/:kind', async (c) =>
    c.body(await createAttached(c.get('faceVerify'), c.req.param('kind'), settings)),
  );
  return serve(getRequestListener(app.fetch));
};

async function serve(listener: RequestListener): Promise<RunningApp> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The app does not listen.');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Every adapter on every major version of its framework. */
export const APPS: Readonly<Record<string, StartApp>> = {
  'Express 4': expressApp(express4),
  'Express 5': expressApp(express5),
  'Koa 2': koaApp(Koa2),
  'Koa 3': koaApp(Koa3),
  Hono: honoApp,
};
