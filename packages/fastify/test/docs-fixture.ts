import fastify, { type FastifyInstance, type FastifyRequest, type preHandlerAsyncHookHandler } from 'fastify';
import type { AppHandler } from '../../../test/docs/fixture.ts';
import type { User } from '../../../test/docs/fixtures/user.ts';

export type { User };

declare module 'fastify' {
  interface FastifyRequest {
    user?: User | undefined;
  }
}

/** An app with a test login: the user that `x-user` names is signed in. */
export function createFixture(framework: typeof fastify = fastify): {
  app: FastifyInstance;
  requireLogin: preHandlerAsyncHookHandler;
  userId: (request: FastifyRequest) => string;
} {
  const requireLogin: preHandlerAsyncHookHandler = async (request, reply) => {
    const { 'x-user': id } = request.headers;
    if (typeof id !== 'string') return reply.code(401).send('Sign in first');
    request.user = { id, name: id, country: 'US' };
    return undefined;
  };
  const userId = ({ user }: FastifyRequest): string => {
    if (user === undefined) throw new Error('nobody is signed in');
    return user.id;
  };
  const app = framework();
  app.decorateRequest('user');
  return { app, requireLogin, userId };
}

export const scope = { values: ['app', 'requireLogin', 'userId'], types: ['User'] };

export const modules = {
  fastify: () => import('fastify'),
  fastify4: () => import('fastify4'),
};

export function handlerOf(app: unknown): Promise<AppHandler> | undefined {
  return isFastify(app) ? listenerOf(app) : undefined;
}

async function listenerOf(app: FastifyInstance): Promise<AppHandler> {
  await app.ready();
  return app.routing;
}

function isFastify(app: unknown): app is FastifyInstance {
  return typeof app === 'object' && app !== null && 'routing' in app && 'ready' in app;
}
