import { clientSource, sessionRoute, type SessionRouteOptions, type Source, VisitorSignal } from '@faceverify/core';
import type { Request, RequestHandler } from 'express';

/** How the ready route is set up. */
export interface SessionHandlerOptions extends SessionRouteOptions<Request> {
  /** What `faceVerify()` takes; left out, the client mounted before, else that of the environment. */
  readonly client?: Source<Request> | undefined;
}

/**
 * A ready route: creates the session of the signed-in user and answers with it.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to mend.
 * @example
 * app.post('/face-verify/session', requireLogin, sessionHandler({
 *   identify: (req) => req.user && { uniqueIdentifier: req.user.id },
 * }));
 */
export function sessionHandler({ client, ...options }: SessionHandlerOptions): RequestHandler {
  const route = sessionRoute(options, clientSource(client, { mounted: (req) => req.faceVerify }));
  return async (req, res, next) => {
    const visitor = new VisitorSignal();
    res.once('close', () => {
      if (!res.writableFinished) visitor.abort();
    });
    try {
      const answer = await route({ method: req.method, header: (name) => req.get(name), signal: visitor }, req);
      if (answer === undefined) return;
      if (answer.vary !== undefined) res.vary(answer.vary);
      res.statusCode = answer.status;
      for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
      res.end(answer.body);
    } catch (error) {
      next(error);
    }
  };
}
