import { createHmac } from 'node:crypto';
import type { Sent } from './formats.ts';

/** A request with what is sent and what was signed. A mistake changes one of them. */
export interface Case {
  method: string;
  url: string;
  contentType: string;
  apiKey: string;
  body: Buffer;
  signed: {
    method: string;
    path: string;
    query: string;
    apiKey: string;
    contentType: string;
    body: string;
    secretKey: string | Buffer;
    lineEnd: string;
  };
  /** Writes the signature. */
  write: (digest: string) => string;
}

export const API_KEY = 'my-api-key-0123456789';
export const SECRET_KEY = 'c2VjcmV0LWtleS1vZi1tYW55LWJ5dGVz';

function rightCase(): Case {
  const body = '{"country":"AT","uniqueIdentifier":"Zoë/1 it\'s"}';
  const query = 'b=x+y&a=%C3%A9';
  const shared = { method: 'POST', contentType: 'application/json', apiKey: API_KEY };
  return {
    ...shared,
    url: `https://start.faceverify.ai/api/v1/session?${query}`,
    body: Buffer.from(body),
    signed: { ...shared, path: '/api/v1/session', query, body, secretKey: SECRET_KEY, lineEnd: '\n' },
    write: (digest) => digest,
  };
}

/** Every mistake of the table in docs/signing.md, made by hand: this does not use the core's table. */
export const MISTAKES: Readonly<Record<string, (request: Case) => void>> = {
  signature_encoding: (request) => {
    request.write = (digest) => digest.toUpperCase();
  },
  body_bytes: (request) => {
    request.body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), request.body]);
  },
  ambiguous_url: (request) => {
    request.url = `${request.url}&c=%7e`;
    request.signed.query = request.signed.query === '' ? '' : `${request.signed.query}&c=%7e`;
  },
  body_serialised_again: ({ signed }) => {
    // As Python does.
    signed.body = signed.body.replaceAll('":', '": ').replaceAll(',"', ', "').replaceAll('ë', '\\u00eb');
  },
  content_type: (request) => {
    request.contentType = 'application/json; charset=utf-8';
  },
  method_case: ({ signed }) => {
    signed.method = 'post';
  },
  key_white_space: ({ signed }) => {
    signed.secretKey = typeof signed.secretKey === 'string' ? `${signed.secretKey}\n` : signed.secretKey;
  },
  key_quotes: ({ signed }) => {
    signed.apiKey = `"${signed.apiKey}"`;
  },
  keys_exchanged: ({ signed }) => {
    [signed.apiKey, signed.secretKey] = [String(signed.secretKey), signed.apiKey];
  },
  secret_encoding: ({ signed }) => {
    signed.secretKey = Buffer.from(String(signed.secretKey), 'base64');
  },
  trailing_slash: ({ signed }) => {
    signed.path += '/';
  },
  query_encoding: ({ signed }) => {
    signed.query = signed.query.replaceAll('+', '%20');
  },
  path: ({ signed }) => {
    signed.path = signed.path.replace('/api/v1', '');
  },
  body_left_out: ({ signed }) => {
    signed.body = '';
  },
  line_end: ({ signed }) => {
    signed.lineEnd = '\r\n';
  },
};

/** The request as it is sent, with the signature that the mistakes give. */
export function sentWith(names: readonly string[]): Sent {
  const request = rightCase();
  for (const name of names) MISTAKES[name]?.(request);
  const { method, url, contentType, apiKey, body, signed, write } = request;
  const parts = [signed.method, signed.path, signed.query, signed.apiKey, signed.contentType, signed.body];
  const digest = createHmac('sha256', signed.secretKey).update(parts.join(signed.lineEnd)).digest('hex');
  const headers = { 'Content-Type': contentType, 'x-auth-client': apiKey, 'x-hmac-signature': write(digest) };
  return { method, url, headers, body };
}
