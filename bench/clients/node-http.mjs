import { keepAlive } from '../lib/agent.mjs';
import { SESSION_PATH, signedHeaders, subject } from '../lib/vendor.mjs';

/** Bare node:http or node:https with a keep-alive agent and no protection. */
export function create({ baseUrl }) {
  const { hostname, port } = new URL(baseUrl);
  const { agent, request } = keepAlive(baseUrl);
  return (n) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(subject(n));
      const headers = { ...signedHeaders(body), 'content-length': Buffer.byteLength(body) };
      const call = request({ hostname, port, path: SESSION_PATH, method: 'POST', agent, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()).data));
        response.on('error', reject);
      });
      call.on('error', reject);
      call.end(body);
    });
}
