/**
 * Explains refused signatures.
 *
 * @example
 * import { explainSignature } from '@faceverify/core/diagnose';
 *
 * const { summary } = await explainSignature({
 *   method: 'POST',
 *   url: 'https://start.faceverify.ai/api/v1/session',
 *   body: '{}',
 *   apiKey: 'key',
 *   secretKey: 'secret',
 *   signature: '0'.repeat(64),
 * });
 * console.log(summary);
 *
 * @module
 */
export { explainSignature, type SignatureExplanation } from './explain-signature.ts';
export type { SignatureMistake } from './mistakes.ts';
