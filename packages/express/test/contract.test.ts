import { adapterContract, type AppSettings, contractApp, serve } from '@faceverify/adapter-contract';
import express5, { type ErrorRequestHandler, type Request } from 'express';
import express4 from 'express4';
import { faceVerify, sessionHandler } from '../src/index.ts';

function appOf(express: typeof express5, settings: AppSettings): ReturnType<typeof express5> {
  const contract = contractApp(settings, (req: Request) => ({ header: (name) => req.get(name) }));
  const router = express.Router();
  router.use((_req, res, next) => {
    res.vary('Origin');
    next();
  });
  if (settings.parseBody) router.use(express.json(), express.urlencoded({ extended: true }));

  for (const { path, middleware, mounted, attached } of contract.scenarios) {
    if (middleware) router.use(path, faceVerify(middleware.source));
    if (mounted) router.all(path, sessionHandler(mounted));
    if (attached) {
      router.post(path, (req, res, next) => {
        attached(req.faceVerify, req).then(({ url }) => res.redirect(303, url), next);
      });
    }
  }
  router.get('/notes', (_req, res) => void res.json(contract.takeNotes()));

  const noteError: ErrorRequestHandler = (error, _req, _res, next) => {
    contract.caught(error);
    next(error);
  };
  return express().use(settings.prefix || '/', router, noteError);
}

adapterContract('Express 5', async (settings) => serve(appOf(express5, settings)));
adapterContract('Express 4', async (settings) => serve(appOf(express4, settings)));
