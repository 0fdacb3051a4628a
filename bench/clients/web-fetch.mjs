import { API_KEY, SECRET_KEY, SESSION_PATH, subject } from '../lib/vendor.mjs';

/**
 * fetch that signs with a cached WebCrypto key: the least code that works on Workers. `bare` has no time limit;
 * `deadline` aborts after ten seconds, and has nothing else of what createSession does.
 */
export async function create({ baseUrl }) {
  const url = baseUrl + SESSION_PATH;
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(SECRET_KEY), algorithm, false, ['sign']);

  async function session(n, signal) {
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
      signal,
    });
    const { data } = await response.json();
    return data;
  }

  return {
    bare: (n) => session(n),
    deadline: async (n) => {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), 10_000);
      try {
        return await session(n, controller.signal);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
