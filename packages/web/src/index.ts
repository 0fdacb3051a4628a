/**
 * FaceVerify verification sessions on every server of the web standards: Next.js, SvelteKit, Astro, React Router,
 * Nitro, Bun, Deno, Cloudflare Workers.
 *
 * @example
 * import { sessionHandler } from '@faceverify/web';
 *
 * export const POST = sessionHandler({
 *   identify: async (request) => {
 *     const user = await userOf(request); // From your own login.
 *     return user && { uniqueIdentifier: user.id };
 *   },
 * });
 *
 * @module
 */
export {
  type AttemptEvent,
  type CallOptions,
  type Country,
  createFaceVerify,
  type FaceVerify,
  FaceVerifyError,
  type FaceVerifyOptions,
  type FailureCode,
  type Identified,
  type Identity,
  type RequestOptions,
  type RetryOptions,
  type SameOriginOptions,
  type Session,
  type SessionParams,
  type Source,
} from '@faceverify/core/adapter';
export { privateHeaders, sameOrigin, type SessionHandlerOptions, sessionHandler } from './handler.ts';
