import { API_KEY, generateHmac, SECRET_KEY, SESSION_PATH, subject } from '../lib/vendor.mjs';

/** The vendor's page: its generateHmac and its fetch. */
export function create({ baseUrl }) {
  const url = baseUrl + SESSION_PATH;
  return async (n) => {
    const body = JSON.stringify(subject(n));
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
    return data;
  };
}
