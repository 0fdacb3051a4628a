import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { Emulator } from '@faceverify/emulator';

/** A request as it is sent. */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The response to it. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends a request. */
export type Send = (request: WireRequest) => Promise<WireAnswer>;

interface Parts {
  readonly method?: string;
  readonly target?: string;
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
  readonly apiKey?: string;
  readonly secretKey?: string;
}

/** A request that is signed as the vendor's page says. `signedAs` holds what is signed differently from what is sent. */
export function signedRequest(parts: Parts = {}, signedAs: Parts = {}): WireRequest {
  const sent = complete(parts);
  const { method, target, contentType, apiKey, secretKey, body } = { ...sent, ...complete({ ...parts, ...signedAs }) };
  const [path = '', query = ''] = target.split('?');
  const head = Buffer.from(`${method}\n${path}\n${query}\n${apiKey}\n${contentType}\n`, 'latin1');
  const signature = createHmac('sha256', secretKey).update(head).update(body).digest('hex');
  return {
    method: sent.method,
    target: sent.target,
    headers: { 'content-type': sent.contentType, 'x-auth-client': sent.apiKey, 'x-hmac-signature': signature },
    body: sent.body,
  };
}

function complete({
  method = 'POST',
  target = '/api/v1/session',
  body = '{"uniqueIdentifier":"user123"}',
  contentType = 'application/json',
  apiKey = 'emulator-api-key',
  secretKey = 'emulator-secret-key',
}: Parts) {
  return { method, target, body: Buffer.from(body), contentType, apiKey, secretKey };
}

/** Sends by the emulator's `fetch`. The target must be one that a URL does not change. */
export function sendByFetch(emulator: Emulator, origin = 'https://start.faceverify.ai'): Send {
  return async ({ method, target, headers, body }) => {
    const init = body.length > 0 ? { method, headers, body: Uint8Array.from(body) } : { method, headers };
    const answer = await emulator.fetch(origin + target, init);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
}

/** Sends over a TCP socket, which does not change a byte. Each character of the target is a byte. */
export function sendBySocket(port: number): Send {
  return ({ method, target, headers, body }) =>
    new Promise((resolve, reject) => {
      const all = { host: `127.0.0.1:${port}`, 'content-length': String(body.length), connection: 'close', ...headers };
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
      const socket = connect(port, '127.0.0.1');
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('error', reject);
      socket.on('close', () => {
        const [head = '', ...rest] = Buffer.concat(chunks).toString().split('\r\n\r\n');
        const [first = '', ...fields] = head.split('\r\n');
        const pairs = fields.map((line): [string, string] => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon), line.slice(colon + 1).trim()];
        });
        resolve({ status: Number(first.split(' ')[1]), headers: new Headers(pairs), text: rest.join('\r\n\r\n') });
      });
      socket.write(Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'));
      socket.write(body);
    });
}
