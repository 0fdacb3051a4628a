import fastify, { type FastifyRequest, type preHandlerAsyncHookHandler } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    user?: { id: string } | undefined;
  }
}

export const app = fastify();
app.decorateRequest('user');

/** A stand-in for a login: the user that `x-user` names is signed in. */
export const requireLogin: preHandlerAsyncHookHandler = async (request, reply) => {
  const { 'x-user': id } = request.headers;
  if (typeof id !== 'string') return reply.code(401).send('Sign in first');
  request.user = { id };
  return undefined;
};

export const userId = ({ user }: FastifyRequest): string => user?.id ?? '';
