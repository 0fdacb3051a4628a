import { createHmac } from 'node:crypto';
import { signRequest } from '@faceverify/core';
import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsV4Signer } from 'aws4fetch';
import { platforms } from '../lib/platforms.mjs';
import { API_KEY, SECRET_KEY, SESSION_PATH, subject } from '../lib/vendor.mjs';

const HOST = 'start.faceverify.ai';
const url = `https://${HOST}${SESSION_PATH}`;
const head = `POST\n${SESSION_PATH}\n\n${API_KEY}\napplication/json\n`;
const bodies = Array.from({ length: 1_000 }, (_, n) => JSON.stringify(subject(n)));
/** The strings to sign in one piece each, so that the bare signers do nothing else. */
const bytes = bodies.map((body) => Buffer.from(head + body));
const strings = bytes.map((each) => each.toString());
const bodyOf = (n) => bodies[n % bodies.length];

/** signRequest without its checks, with the path given. */
async function unchecked({ method, path, query = '', body, contentType = 'application/json', apiKey, secretKey }) {
  const signature = createHmac('sha256', secretKey)
    .update(`${method}\n${path}\n${query}\n${apiKey}\n${contentType}\n${body}`)
    .digest('hex');
  return {
    signature,
    headers: { 'content-type': contentType, 'x-auth-client': apiKey, 'x-hmac-signature': signature },
  };
}

export async function create() {
  const { node, web } = await platforms();
  const nodeSigner = node.hmacSha256(SECRET_KEY);
  const webSigner = web.hmacSha256(SECRET_KEY);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', Buffer.from(SECRET_KEY), algorithm, false, ['sign']);
  const cache = new Map(); // The key derived for the day, as its client keeps it; smithy keeps it by itself.
  const credentials = { accessKeyId: 'bench', secretAccessKey: SECRET_KEY };
  const smithy = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service: 'execute-api',
    sha256: Hash.bind(null, 'sha256'),
    applyChecksum: true,
  });
  return {
    createHmac: (n) =>
      createHmac('sha256', SECRET_KEY)
        .update(strings[n % strings.length])
        .digest('hex'),
    'node signer': (n) => nodeSigner(head, bodyOf(n)),
    unchecked: (n) =>
      unchecked({ method: 'POST', path: SESSION_PATH, body: bodyOf(n), apiKey: API_KEY, secretKey: SECRET_KEY }),
    signRequest: (n) => signRequest({ method: 'POST', url, body: bodyOf(n), apiKey: API_KEY, secretKey: SECRET_KEY }),
    'subtle.sign': (n) => crypto.subtle.sign('HMAC', key, bytes[n % bytes.length]),
    'web signer': (n) => webSigner(head, bodyOf(n)),
    smithy: (n) =>
      smithy.sign({
        method: 'POST',
        protocol: 'https:',
        hostname: HOST,
        path: SESSION_PATH,
        query: {},
        headers: { host: HOST, 'content-type': 'application/json' },
        body: bodyOf(n),
      }),
    aws4fetch: (n) =>
      new AwsV4Signer({
        ...credentials,
        method: 'POST',
        url,
        service: 'execute-api',
        region: 'us-east-1',
        headers: { 'content-type': 'application/json' },
        body: bodyOf(n),
        cache,
      }).sign(),
  };
}
