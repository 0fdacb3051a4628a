import { createClientResolver, type FaceVerify, type Source } from '@faceverify/core/adapter';
import type { Request, RequestHandler } from 'express';

declare global {
  namespace Express {
    interface Request {
      /** The FaceVerify client, put here by `faceVerify()`. */
      faceVerify: FaceVerify;
    }
  }
}

/**
 * What `faceVerify`, `sessionHandler` and `sameOrigin` return. It has a name of its own, so that TypeScript can write it into the
 * declarations of an app that exports one, also where a package manager hides the packages of Express's own types.
 */
export interface FaceVerifyHandler extends RequestHandler {}

/**
 * Puts the client on every request as `req.faceVerify`.
 *
 * @param source Options, a client, or a function of the request that gives either; left out, the
 * keys come from `FACEVERIFY_API_KEY` and `FACEVERIFY_SECRET_KEY`.
 * @throws {FaceVerifyError} `invalid_options` at once, naming the option to fix; where `source` is
 * a function, with each request.
 * @example
 * app.use(faceVerify());
 * app.post('/kyc', requireLogin, async (req, res, next) => {
 *   try {
 *     const session = await req.faceVerify.createSession({ uniqueIdentifier: req.user.id });
 *     res.redirect(303, session.url);
 *   } catch (error) {
 *     next(error); // Express 5 does this by itself.
 *   }
 * });
 */
export function faceVerify(source?: Source<Request>): FaceVerifyHandler {
  const clientOf = createClientResolver(source);
  return async (req, _res, next) => {
    try {
      req.faceVerify = await clientOf(req);
    } catch (error) {
      next(error);
      return;
    }
    next();
  };
}
