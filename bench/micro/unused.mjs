import { faceVerify as forExpress } from '@faceverify/express';
import { faceVerify as forHono } from '@faceverify/hono';
import { faceVerify as forKoa } from '@faceverify/koa';
import { Hono } from 'hono';
import { API_KEY, SECRET_KEY } from '../lib/vendor.mjs';

const options = { apiKey: API_KEY, secretKey: SECRET_KEY };

/** The middleware called in a loop on one request, beside the least that a middleware can be. */
export async function create() {
  const koa = forKoa(options);
  const hono = forHono(options);
  const express = forExpress(options);
  const ctx = {};
  const req = {};
  const res = {};
  const next = async () => {};
  const noop = () => {};
  let context;
  await new Hono().get('/', (c) => ((context = c), c.text(''))).request('/');
  return {
    express: () => express(req, res, noop),
    koa: () => koa(ctx, next),
    hono: () => hono(context, next),
    'empty express': () => noop(req, res, noop),
    'empty koa': () => ((_ctx, follow) => follow())(ctx, next),
  };
}
