import express, { type Express, type Request, type RequestHandler } from 'express';
import type { User } from '../../../test/docs/fixtures/user.ts';
import type { AppHandler } from '../../../test/docs/fixture.ts';

export type { User };

declare global {
  namespace Express {
    interface Request {
      // Optional, as Passport declares it.
      user?: User | undefined;
    }
  }
}

/** An app with a test login: the user that `x-user` names is signed in. */
export function createFixture(framework: typeof express = express): {
  app: Express;
  requireLogin: RequestHandler;
  userId: (req: Request) => string;
  tenantOf: (req: Request) => Promise<{ apiKey: string; secretKey: string }>;
  loadKeys: () => Promise<{ apiKey: string; secretKey: string }>;
} {
  const requireLogin: RequestHandler = (req, res, next) => {
    const id = req.get('x-user');
    if (id === undefined) {
      res.sendStatus(401);
      return;
    }
    req.user = { id, name: id, country: 'US' };
    next();
  };
  const userId = (req: Request): string => {
    if (req.user === undefined) throw new Error('nobody is signed in');
    return req.user.id;
  };
  const tenantOf = async (req: Request): Promise<{ apiKey: string; secretKey: string }> =>
    req.get('x-tenant') === 'second'
      ? { apiKey: 'second-api-key', secretKey: 'second-secret-key' }
      : { apiKey: 'first-api-key', secretKey: 'first-secret-key' };
  const loadKeys = async (): Promise<{ apiKey: string; secretKey: string }> => ({
    apiKey: 'first-api-key',
    secretKey: 'first-secret-key',
  });
  return { app: framework(), requireLogin, userId, tenantOf, loadKeys };
}

export const scope = { values: ['app', 'requireLogin', 'userId', 'tenantOf', 'loadKeys'], types: ['User'] };

export const modules = {
  express: () => import('express'),
  express4: () => import('express4'),
  'express-rate-limit': () => import('express-rate-limit'),
  helmet: () => import('helmet'),
};

export function handlerOf(app: unknown): AppHandler | undefined {
  return isExpress(app) ? app : undefined;
}

function isExpress(app: unknown): app is Express {
  return typeof app === 'function' && 'handle' in app;
}
