// What the vendor's page documents, as all clients use it.
import { createHmac } from 'node:crypto';

export const API_KEY = 'bench-0000-1111-2222-key';
export const SECRET_KEY = 'bench-3333-4444-5555-secret';
export const SESSION_PATH = '/api/v1/session';

/** The n-th session's subject: different each time, as in production. */
export const subject = (n) => ({ country: 'US', uniqueIdentifier: `user-${n % 100_000}` });

/** The routine of the vendor's page, unchanged. */
export function generateHmac(httpMethod, url, body, contentType, xAuthClient, secretKey) {
  const requestUrl = new URL(url);
  const requestPath = requestUrl.pathname;
  const queryParams = requestUrl.searchParams.toString();
  const dataToHash = `${httpMethod}\n${requestPath}\n${queryParams}\n${xAuthClient}\n${contentType}\n${body}`;
  const hmac = createHmac('sha256', secretKey);
  hmac.update(dataToHash);
  return hmac.digest('hex');
}

/** The same signature with everything constant computed in advance: the least that must be computed for a call. */
export function signBody(body, path = SESSION_PATH) {
  return createHmac('sha256', SECRET_KEY)
    .update(`POST\n${path}\n\n${API_KEY}\napplication/json\n${body}`)
    .digest('hex');
}

export function signedHeaders(body, path) {
  return {
    'content-type': 'application/json',
    'x-auth-client': API_KEY,
    'x-hmac-signature': signBody(body, path),
  };
}
