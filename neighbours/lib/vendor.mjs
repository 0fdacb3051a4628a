// A stand-in for the vendor that checks signatures without the core, so that what a neighbour changes on the way is seen.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { readCertificate } from './certificate.mjs';
import { listen } from './listen.mjs';

export const KEYS = { apiKey: 'neighbour-api-key', secretKey: 'neighbour-secret-key' };

/** What a successful answer holds. */
export function sessionAnswer(baseUrl) {
  const data = { sessionId: 'session-1', baseUrl, Token: 'token-1', url: `${baseUrl}/new/token-1` };
  return { success: true, data };
}

/** Listens on a port; `requests` holds the headers of every request, and whether its signature is right. A silent one never answers. */
export async function startVendor({ secure = false, isSilent = false } = {}) {
  const requests = [];
  const onRequest = (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const isSigned = hasRightSignature(request, Buffer.concat(chunks));
      requests.push({ headers: request.headers, isSigned });
      if (isSilent) return;
      response.writeHead(isSigned ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isSigned ? sessionAnswer(baseUrl) : { success: false }));
    });
  };
  const server = secure ? createSecureServer(readCertificate(), onRequest) : createServer(onRequest);
  const port = await listen(server);
  const baseUrl = `${secure ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    baseUrl,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function hasRightSignature({ method, url, headers }, body) {
  const [path, query = ''] = url.split('?');
  const head = [method, path, query, headers['x-auth-client'], headers['content-type'], ''].join('\n');
  const hmac = createHmac('sha256', KEYS.secretKey).update(head).update(body).digest('hex');
  return headers['x-auth-client'] === KEYS.apiKey && headers['x-hmac-signature'] === hmac;
}
