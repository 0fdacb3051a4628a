import type { RequestHandler } from 'express';

export interface User {
  readonly id: string;
}

declare global {
  namespace Express {
    interface Request {
      user?: User | undefined;
    }
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    user?: User | undefined;
  }
}

/** A stand-in for your own login: whom the cookie `user` names. */
export function userOf(cookie: string | undefined): User | undefined {
  const id = /(?:^|; )user=(\w+)/.exec(cookie ?? '')?.[1];
  return id === undefined ? undefined : { id };
}

export const login: RequestHandler = (req, _res, next) => {
  req.user = userOf(req.headers.cookie);
  next();
};
