import { defineMiddleware } from 'astro:middleware';
import { userOf } from './lib/login.ts';

export const onRequest = defineMiddleware((context, next) => {
  context.locals.user = userOf(context.request);
  return next();
});
