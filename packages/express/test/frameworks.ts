import { faceVerify, sameOrigin, sessionHandler } from '@faceverify/express';
import express5, { type ErrorRequestHandler, type Request } from 'express';
import express4 from 'express4';
import { type Framework, routesFor, type TestApp } from '../../../test/support/test-app.ts';

function createApp(express: typeof express5, { routes, prefix, parseBody, caught, takeNotes }: TestApp) {
  const router = express.Router();
  router.use((_req, res, next) => {
    res.vary('Origin');
    next();
  });
  if (parseBody) router.use(express.json(), express.urlencoded({ extended: true }));

  for (const { path, middleware, sameOrigin: check, mounted, attached } of routesFor(routes, (req: Request, name) =>
    req.get(name),
  )) {
    if (middleware) router.use(path, faceVerify(middleware.source));
    if (check) router.use(path, sameOrigin(check));
    if (mounted) router.all(path, sessionHandler(mounted));
    if (attached) {
      router.post(path, (req, res, next) => {
        attached(req.faceVerify, req).then(({ url }) => res.redirect(303, url), next);
      });
    }
  }
  router.get('/notes', (_req, res) => void res.json(takeNotes()));

  const noteError: ErrorRequestHandler = (error, _req, _res, next) => {
    caught?.(error);
    next(error);
  };
  return express().use(prefix || '/', router, noteError);
}

export const FRAMEWORKS: readonly Framework[] = [
  { name: 'Express 5', listenerOf: (app) => createApp(express5, app) },
  { name: 'Express 4', listenerOf: (app) => createApp(express4, app) },
];
