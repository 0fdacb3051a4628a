import { createFaceVerify, type Environment, type FaceVerify, type Source } from '@faceverify/core';
import type { User } from './express.ts';

/** The request of a framework that has no adapter yet. */
export interface Context {
  readonly env: Environment;
}

/** A client, somebody who is signed in, and the keys of a customer's own contract. */
export function surround(): {
  client: FaceVerify;
  user: User;
  tenant: { apiKey: string; secretKey: string };
  source: Source<Context> | undefined;
} {
  const { FACEVERIFY_API_KEY: apiKey = '', FACEVERIFY_SECRET_KEY: secretKey = '' } = process.env;
  return {
    client: createFaceVerify(),
    user: { id: 'alice', name: 'Alice', country: 'US' },
    tenant: { apiKey, secretKey },
    source: undefined,
  };
}
