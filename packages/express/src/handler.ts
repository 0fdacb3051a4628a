import {
  createSameOriginCheck,
  createSessionRoute,
  disconnectSignal,
  type RouteResponse,
  type SameOriginOptions,
  type SessionRouteOptions,
} from '@faceverify/core/adapter';
import type { Request, Response } from 'express';
import type { FaceVerifyHandler } from './middleware.ts';

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
export function sessionHandler(options: SessionHandlerOptions): FaceVerifyHandler {
  const route = createSessionRoute(options, { mounted: (req) => req.faceVerify });
  return async (req, res, next) => {
    try {
      const signal = disconnectSignal(req, res);
      const answer = await route({ method: req.method, header: (name) => req.get(name), signal }, req);
      if (answer !== undefined) send(res, answer);
    } catch (error) {
      next(error);
    }
  };
}

/**
 * Protects a route of your own as the ready route is: requests from other sites get 403, and no answer is stored.
 *
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix.
 * @example
 * app.post('/kyc', sameOrigin(), requireLogin, async (req, res) => {
 *   const { url } = await req.faceVerify.createSession({ uniqueIdentifier: 'user123' });
 *   res.redirect(303, url);
 * });
 */
export function sameOrigin(options?: SameOriginOptions): FaceVerifyHandler {
  const check = createSameOriginCheck(options);
  return (req, res, next) => {
    const { headers, refusal } = check({ method: req.method, header: (name) => req.get(name) });
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    if (refusal === undefined) next();
    else send(res, refusal);
  };
}

function send(res: Response, { status, headers, vary, body }: RouteResponse): void {
  if (res.headersSent) return;
  if (vary !== undefined) res.vary(vary);
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.end(body);
}
