import { lookup } from 'node:dns/promises';
import net from 'node:net';
import tls from 'node:tls';
import { type Check, ok, problem } from './check.ts';
import { NoAnswer, probe, type ProbeResponse } from './probe.ts';

const STEPS = ['name_lookup', 'tcp', 'tls', 'http', 'clock'] as const;
type Step = (typeof STEPS)[number];

/** Goes the way of a call, step by step, up to the one that fails. Nothing is signed. */
export async function checkConnection(
  baseUrl: string,
  { timeoutMs = 5_000, viaProxy = false }: { timeoutMs?: number; viaProxy?: boolean } = {},
): Promise<Check[]> {
  const url = new URL(baseUrl);
  if (viaProxy) return checkThroughProxy(url, timeoutMs);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const checks: Check[] = [];
  let step: Step = 'name_lookup';
  try {
    checks.push(await checkName(host, timeoutMs));
    step = 'tcp';
    await connected(net.connect({ host, port }), 'connect', timeoutMs);
    checks.push(ok('tcp', `port ${port} accepts connections`));
    if (url.protocol === 'https:') {
      step = 'tls';
      const servername = net.isIP(host) === 0 ? host : '';
      await connected(tls.connect({ host, port, servername, rejectUnauthorized: true }), 'secureConnect', timeoutMs);
      checks.push(ok('tls', 'the certificate is trusted'));
    } else checks.push({ name: 'tls', status: 'skipped', found: 'plain http' });
    step = 'http';
    const response = await probe({ method: 'GET', url: new URL('/', url), timeoutMs });
    checks.push(ok('http', `the server answers, with status ${response.status}`), checkClock(response));
  } catch (error) {
    checks.push(failed(step, error));
  }
  const seen = new Set(checks.map(({ name }) => name));
  return [
    ...checks,
    ...STEPS.filter((name) => !seen.has(name)).map((name): Check => ({
      name,
      status: 'skipped',
      found: 'not reached',
    })),
  ];
}

/** The proxy looks up names and connects. */
async function checkThroughProxy(url: URL, timeoutMs: number): Promise<Check[]> {
  const skipped = (['name_lookup', 'tcp', 'tls'] as const).map((name): Check => ({
    name,
    status: 'skipped',
    found: 'up to the proxy',
  }));
  try {
    const response = await probe({ method: 'GET', url: new URL('/', url), timeoutMs, viaProxy: true });
    return [
      ...skipped,
      ok('http', `the proxy or the server answers, with status ${response.status}`),
      checkClock(response),
    ];
  } catch (error) {
    return [...skipped, failed('http', error)];
  }
}

async function checkName(host: string, timeoutMs: number): Promise<Check> {
  if (net.isIP(host) !== 0) return { name: 'name_lookup', status: 'skipped', found: 'the host is an address' };
  const addresses = await within(lookup(host, { all: true }), timeoutMs);
  return ok('name_lookup', `${addresses.length} ${addresses.length === 1 ? 'address' : 'addresses'} found`);
}

/** Resolves once the socket is connected, and ends it. */
function connected(socket: net.Socket, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<void> {
  const settled = new Promise<void>((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
  return within(settled, timeoutMs).finally(() => socket.destroy());
}

async function within<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoAnswer()), timeoutMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const MAX_SKEW_SECONDS = 60;

function checkClock({ headers, sentAt, answeredAt }: ProbeResponse): Check {
  const date = Date.parse(headers.date ?? '');
  if (Number.isNaN(date)) return { name: 'clock', status: 'skipped', found: 'the server sends no Date' };
  const skew = Math.round((sentAt / 2 + answeredAt / 2 - date) / 1_000);
  const seconds = Math.abs(skew);
  if (seconds <= MAX_SKEW_SECONDS) return ok('clock', "it agrees with the server's");
  const amount = seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`;
  return problem(
    'clock',
    `this machine's clock is ${amount} ${skew > 0 ? 'ahead of' : 'behind'} the server's`,
    'Set the clock, for example with NTP. Certificates and Retry-After are judged by it.',
  );
}

const FIREWALL = 'Ask who runs your network whether outgoing connections to this host and port are allowed.';
const CERTIFICATES =
  'Check the address. If a proxy of your company opens TLS, set NODE_EXTRA_CA_CERTS to the file of its certificate.';

/** What a failed step means, by the system's name for it, and what to do. */
const MEANINGS: Readonly<Record<string, readonly [found: string, advice: string]>> = {
  ENOTFOUND: ['the host name does not exist', 'Check the host in FACEVERIFY_BASE_URL, and your DNS.'],
  EAI_AGAIN: ['the name server does not answer', 'Check your DNS and whether this machine is online.'],
  ECONNREFUSED: [
    'the connection is refused',
    'Nothing listens there. Check host and port in FACEVERIFY_BASE_URL, or a firewall.',
  ],
  EHOSTUNREACH: ['there is no route to the host', FIREWALL],
  ENETUNREACH: ['there is no route to the network', FIREWALL],
  CERT_HAS_EXPIRED: [
    'the certificate has expired',
    "Check this machine's clock. If it is right, tell who runs the server.",
  ],
  CERT_NOT_YET_VALID: ['the certificate is not valid yet', "Check this machine's clock."],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['the certificate is signed by itself: nobody trusts it', CERTIFICATES],
  SELF_SIGNED_CERT_IN_CHAIN: ['the certificate is of an authority that Node does not trust', CERTIFICATES],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['the certificate is of an authority that Node does not trust', CERTIFICATES],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['the certificate is of an authority that Node does not trust', CERTIFICATES],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'the certificate is for another host',
    'Check the host in FACEVERIFY_BASE_URL, and a proxy on the way.',
  ],
  ECONNRESET: ['the connection is closed', FIREWALL],
  EPIPE: ['the connection is closed', FIREWALL],
};

const SILENCE: Readonly<Record<Step, readonly [found: string, advice: string]>> = {
  name_lookup: ['the name server does not answer', 'Check your DNS and whether this machine is online.'],
  tcp: ['nothing answers: a firewall may drop the connection', FIREWALL],
  tls: ['the server is silent during the TLS handshake', 'Check that the port speaks https, and a proxy on the way.'],
  http: ['the server is connected, but silent', 'Try again later. If it stays so, tell who runs the server.'],
  clock: ['no answer', FIREWALL],
};

function failed(step: Step, error: unknown): Check {
  if (error instanceof NoAnswer) return problem(step, ...SILENCE[step]);
  const code = codeOf(error);
  const known = MEANINGS[code];
  if (known !== undefined) return problem(step, `${known[0]} (${code})`, known[1]);
  if (step === 'tls') {
    return problem(step, `the server does not speak TLS (${code})`, 'Check that the port is that of https.');
  }
  if (step === 'http') {
    return problem(step, `the server does not speak HTTP (${code})`, 'Check host and port in FACEVERIFY_BASE_URL.');
  }
  return problem(step, `it fails (${code})`, FIREWALL);
}

/** The code of an error; of several addresses, that of the first. */
function codeOf(error: unknown): string {
  const { code, errors } = Object(error) as { code?: unknown; errors?: unknown[] }; // Safe: both are unknown.
  const text = typeof code === 'string' ? code : codeOf(errors?.[0] ?? { code: 'unknown' });
  return /^\w{1,60}$/.test(text) ? text : 'unknown';
}
