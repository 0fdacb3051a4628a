// An app that exports what it makes: TypeScript writes down the types.
import { faceVerify, sessionHandler } from '@faceverify/express';

export const client = faceVerify();
export const session = sessionHandler({ identify: (req) => ({ uniqueIdentifier: String(req.get('x-user')) }) });
export const createMiddleware = () => [faceVerify(), session];
