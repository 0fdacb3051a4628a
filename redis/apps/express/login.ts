import type { Request, RequestHandler } from 'express';

/** A stand-in for a login: the user that `x-user` names is signed in. */
export const requireLogin: RequestHandler = (req, res, next) => {
  if (req.get('x-user') === undefined) res.sendStatus(401);
  else next();
};

export const userId = (req: Request): string => req.get('x-user') ?? '';
