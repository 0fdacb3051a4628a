import { createFaceVerify } from '@faceverify/core';
import { API_KEY, SECRET_KEY, subject } from '../lib/vendor.mjs';

/** The product: every protection on, nothing configured but the keys and the host. */
export function create({ baseUrl }) {
  const client = createFaceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl });
  return (n) => client.createSession(subject(n));
}
