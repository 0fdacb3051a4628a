import { Agent, request } from 'node:http';
import { SESSION_PATH, signedHeaders, subject } from '../lib/vendor.mjs';

/** Bare node:http with a keep-alive agent and no protection: what the product's Node platform stands on. */
export function create({ baseUrl }) {
  const { hostname, port } = new URL(baseUrl);
  const agent = new Agent({ keepAlive: true });
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
