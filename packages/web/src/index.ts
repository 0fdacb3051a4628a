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
export { createFaceVerify, type FaceVerify, FaceVerifyError, type FaceVerifyOptions } from '@faceverify/core/adapter';
export type { AttemptEvent, CallOptions, Country, FailureCode, Identified, Identity } from '@faceverify/core/adapter';
export type { RequestOptions, RetryOptions, SameOriginOptions, Session, SessionParams } from '@faceverify/core/adapter';
export type { Source } from '@faceverify/core/adapter';
export { privateHeaders, sameOrigin, type SessionHandlerOptions, sessionHandler } from './handler.ts';
