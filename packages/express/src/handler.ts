import { createSessionRoute, disconnectSignal, type SessionRouteOptions } from '@faceverify/core/adapter';
import type { Request, RequestHandler } from 'express';

/** The options of the ready route. */
export type SessionHandlerOptions = SessionRouteOptions<Request>;

/**
 * A ready route: creates the session of the signed-in user and answers with it.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * app.post('/face-verify/session', requireLogin, sessionHandler({
 *   identify: (req) => req.user && { uniqueIdentifier: req.user.id },
 * }));
 */
export function sessionHandler(options: SessionHandlerOptions): RequestHandler {
  const route = createSessionRoute(options, { mounted: (req) => req.faceVerify });
  return async (req, res, next) => {
    try {
      const header = (name: string): string | undefined => req.get(name);
      const answer = await route({ method: req.method, header, signal: disconnectSignal(req, res) }, req);
      if (answer === undefined || res.headersSent) return;
      if (answer.vary !== undefined) res.vary(answer.vary);
      res.statusCode = answer.status;
      for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
      res.end(answer.body);
    } catch (error) {
      next(error);
    }
  };
}
