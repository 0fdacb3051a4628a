// One request, as a script or a browser sends it. Not fetch: that sets Sec-Fetch-Mode by itself.
import { request } from 'node:http';

/** @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, text: string }>} */
export function send(url, { method = 'POST', headers = {}, body = '' } = {}) {
  return new Promise((resolve, reject) => {
    // As a proxy tells it: SvelteKit's server takes requests for https otherwise.
    const length = method === 'GET' ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(
      url,
      { method, headers: { 'x-forwarded-proto': 'http', ...length, ...headers }, timeout: 30_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
        response.on('error', reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${url}: no answer in 30 seconds`)));
    sent.on('error', reject).end(body);
  });
}

/** What a browser sends with a form of the page at `page`. */
export const formHeaders = (page) => ({
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'content-type': 'application/x-www-form-urlencoded',
  origin: new URL(page).origin,
  referer: page,
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'same-origin',
});

/** What a browser sends with `fetch(path, { method: 'POST' })` of the page at `page`. */
export const scriptHeaders = (page) => ({
  accept: '*/*',
  origin: new URL(page).origin,
  referer: page,
  'sec-fetch-dest': 'empty',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'same-origin',
});

/** The same from the page of another site. */
export const fromElsewhere = (headers) => ({
  ...headers,
  origin: 'https://elsewhere.example',
  referer: 'https://elsewhere.example/',
  'sec-fetch-site': 'cross-site',
});

/** Gets a page, and sends its first form that posts, with the hidden fields that the framework put into it. */
export async function submitForm(page, headers, change = (sent) => sent) {
  const { status, text } = await send(page, {
    method: 'GET',
    headers: { cookie: headers.cookie, accept: 'text/html' },
  });
  const [, attributes = '', fields = ''] = /<form\b([^>]*method="post"[^>]*)>([\s\S]*?)<\/form>/i.exec(text) ?? [];
  if (attributes === '') {
    throw new Error(`${page} answers ${status} and has no form that posts:\n${text.slice(0, 500)}`);
  }
  const attribute = (name, tag) => unescapeHtml(new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1] ?? '');
  const inputs = [...fields.matchAll(/<input\b[^>]*>/gi)].map(([tag]) => [
    attribute('name', tag),
    attribute('value', tag),
  ]);
  const isMultipart = attribute('enctype', attributes) === 'multipart/form-data';
  const encoded = isMultipart ? multipart(inputs) : { body: String(new URLSearchParams(inputs)) };
  const sent = { ...formHeaders(page), ...headers, ...(isMultipart && { 'content-type': encoded.type }) };
  return send(new URL(attribute('action', attributes), page), { headers: change(sent), body: encoded.body });
}

function multipart(inputs) {
  const boundary = '----form';
  const parts = inputs.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` };
}

function unescapeHtml(text) {
  return text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');
}
