// What is not FaceVerify: the stand-in login and the page, in Express's words.
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { type Person, signedIn } from '../shared/login.ts';
import { site } from '../shared/site.ts';

declare global {
  namespace Express {
    interface Request {
      user?: Person | undefined;
    }
  }
}

export const login: RequestHandler = (req, _res, next) => {
  req.user = signedIn(req.headers.cookie);
  next();
};

const setup = () => ({ framework: 'Express', baseUrl: process.env['FACEVERIFY_BASE_URL'] });

export const page: RequestHandler = (req, res) => {
  const { status, headers, body } = site(setup(), req);
  res.writeHead(status, headers).end(body);
};

/** The page again, where a route has failed. */
export const failure: ErrorRequestHandler = (error, req, res, _next) => {
  const { status, headers, body } = site(setup(), req, error);
  res.writeHead(status, headers).end(body);
};
