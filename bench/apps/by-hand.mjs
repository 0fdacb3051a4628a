import { API_KEY, generateHmac, SECRET_KEY, SESSION_PATH } from '../lib/vendor.mjs';

/** What a developer writes from the vendor's page: its generateHmac, its fetch, the answer passed on. */
export async function sessionByHand(baseUrl, uniqueIdentifier) {
  const url = baseUrl + SESSION_PATH;
  const body = JSON.stringify({ country: 'US', uniqueIdentifier });
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'x-auth-client': API_KEY,
      'x-hmac-signature': generateHmac('POST', url, body, 'application/json', API_KEY, SECRET_KEY),
    },
    body,
  });
  const { data } = await response.json();
  return { sessionId: data.sessionId, url: data.url };
}
