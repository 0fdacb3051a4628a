// What is not FaceVerify: the stand-in login and the page, in Fastify's words.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Person, signedIn } from '../shared/login.ts';
import { site } from '../shared/site.ts';

declare module 'fastify' {
  interface FastifyRequest {
    user?: Person | undefined;
  }
}

export async function login(request: FastifyRequest): Promise<void> {
  request.user = signedIn(request.headers.cookie);
}

export function page(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return show(request, reply);
}

/** The page again, where a route has failed. */
export function failure(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return show(request, reply, error);
}

function show({ method, url, headers }: FastifyRequest, reply: FastifyReply, error?: unknown): FastifyReply {
  const setup = { framework: 'Fastify', baseUrl: process.env['FACEVERIFY_BASE_URL'] };
  const answer = site(setup, { method, path: url, headers }, error);
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}
