// What an app of each framework writes, type-checked in empty projects by test-packed.mjs with every
// way in which TypeScript finds modules. The expected errors show that the types were found.
import { createFaceVerify, FaceVerifyError, type FaceVerifyOptions, type Session } from '@faceverify/core';
import { createEmulator } from '@faceverify/emulator';
import { faceVerify as forExpress, sessionHandler as expressHandler } from '@faceverify/express';
import { faceVerify as forHono, type FaceVerifyVariables, sessionHandler as honoHandler } from '@faceverify/hono';
import { faceVerify as forKoa, sessionHandler as koaHandler } from '@faceverify/koa';
import express from 'express';
import { Hono } from 'hono';
import Koa from 'koa';

const { apiKey, secretKey, fetch } = createEmulator();
const options: FaceVerifyOptions = { apiKey, secretKey, fetch };
// @ts-expect-error -- There is no such option.
const misspelt: FaceVerifyOptions = { apikey: apiKey };

export async function create(id: string): Promise<Session> {
  const client = createFaceVerify(options);
  // @ts-expect-error -- Misspelt.
  void client.createSesion;
  try {
    return await client.createSession({ uniqueIdentifier: id, country: 'US' });
  } catch (error) {
    // @ts-expect-error -- There is no such code.
    if (FaceVerifyError.is(error) && error.code === 'misspelt') console.error(misspelt);
    throw error;
  }
}

export const expressApp: express.Express = express();
expressApp.use(forExpress(options));
expressApp.post('/kyc', (req, res, next) => {
  // @ts-expect-error -- Misspelt.
  void req.faceVerify.createSesion;
  req.faceVerify.createSession({ uniqueIdentifier: 'alice' }).then(({ url }) => res.redirect(303, url), next);
});
expressApp.post('/session', expressHandler({ identify: (req) => ({ uniqueIdentifier: req.get('x-user') ?? '' }) }));
// @ts-expect-error -- Whom to verify is required.
export const expressWithoutIdentity = (): unknown => expressHandler({});

interface State {
  user?: { id: string };
}

export const koaApp: Koa<State> = new Koa<State>();
koaApp.use(forKoa(options));
koaApp.use(async (ctx) => {
  // @ts-expect-error -- Misspelt.
  void ctx.faceVerify.createSesion;
  ctx.redirect((await ctx.faceVerify.createSession({ uniqueIdentifier: 'alice' })).url);
});
koaApp.use(koaHandler<State>({ identify: (ctx) => ctx.state.user && { uniqueIdentifier: ctx.state.user.id } }));
// @ts-expect-error -- Whom to verify is required.
export const koaWithoutIdentity = (): unknown => koaHandler({});

type AppEnv = { Variables: FaceVerifyVariables & { user?: { id: string } } };

export const honoApp: Hono<AppEnv> = new Hono<AppEnv>();
honoApp.use(forHono(options));
honoApp.post('/kyc', async (c) => {
  // @ts-expect-error -- Misspelt.
  void c.var.faceVerify.createSesion;
  return c.redirect((await c.var.faceVerify.createSession({ uniqueIdentifier: 'alice' })).url, 303);
});
honoApp.post('/session', honoHandler<AppEnv>({ identify: (c) => c.var.user && { uniqueIdentifier: c.var.user.id } }));
// @ts-expect-error -- Whom to verify is required.
export const honoWithoutIdentity = (): unknown => honoHandler({});
