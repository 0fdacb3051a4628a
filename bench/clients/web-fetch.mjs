import { API_KEY, SECRET_KEY, SESSION_PATH, subject } from '../lib/vendor.mjs';

/** Bare fetch that signs with a cached WebCrypto key: the least that a careful person writes on Workers. */
export async function create({ baseUrl }) {
  const url = baseUrl + SESSION_PATH;
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(SECRET_KEY), algorithm, false, ['sign']);
  return async (n) => {
    const body = JSON.stringify(subject(n));
    const text = `POST\n${SESSION_PATH}\n\n${API_KEY}\napplication/json\n${body}`;
    const digest = await crypto.subtle.sign('HMAC', key, encoder.encode(text));
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-auth-client': API_KEY,
        'x-hmac-signature': Buffer.from(digest).toString('hex'),
      },
      body,
    });
    const { data } = await response.json();
    return data;
  };
}
