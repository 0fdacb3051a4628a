import { faceVerify as forExpress } from '@faceverify/express';
import { faceVerify as forHono } from '@faceverify/hono';
import { faceVerify as forKoa } from '@faceverify/koa';
import { Hono } from 'hono';
import { API_KEY, SECRET_KEY } from '../lib/vendor.mjs';

/** The middleware called in a loop as the README mounts it, beside the least that a middleware can be. */
export async function create() {
  process.env.FACEVERIFY_API_KEY = API_KEY;
  process.env.FACEVERIFY_SECRET_KEY = SECRET_KEY;
  const koa = forKoa();
  const hono = forHono();
  const express = forExpress();
  const ctx = {};
  const req = {};
  const res = {};
  const next = async () => {};
  const noop = () => {};
  const callNext = (_c, callback) => callback();
  // Hono keeps variables in a map that each context makes when the first is set, so each turn has a context of its own.
  const request = new Request('http://localhost/');
  let first;
  await new Hono().get('/', (c) => ((first = c), c.text(''))).request(request);
  const Context = first.constructor;
  const options = { env: {} };
  return {
    express: () => express(req, res, noop),
    koa: () => koa(ctx, next),
    hono: () => hono(new Context(request, options), next),
    'empty express': () => noop(req, res, noop),
    'empty koa': () => callNext(ctx, next),
    'empty hono': () => callNext(new Context(request, options), next),
  };
}
