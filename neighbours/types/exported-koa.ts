// An app that exports what it makes: TypeScript writes down the types.
import { faceVerify, sessionHandler } from '@faceverify/koa';

export const client = faceVerify();
export const session = sessionHandler({ identify: (ctx) => ({ uniqueIdentifier: ctx.get('x-user') }) });
export const createMiddleware = () => [faceVerify(), session];
