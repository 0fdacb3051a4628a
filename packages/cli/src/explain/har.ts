import { Unreadable } from '../failures.ts';
import { type Header, headerOf, type HttpRequest } from './http-request.ts';

interface Entry extends HttpRequest {
  readonly status: number | undefined;
}

/** Reads the one signed request of a HAR, or the one that was refused; `entry` counts the signed ones from 1. */
export function readHar(text: string, entry?: number): HttpRequest {
  const signed = entriesOf(text).filter(isSigned);
  if (signed.length === 0) {
    throw new Unreadable('The HAR holds no request with x-auth-client or x-hmac-signature.');
  }
  if (entry !== undefined) {
    const chosen = signed[entry - 1];
    if (chosen === undefined) throw new Unreadable(`The HAR holds ${signed.length} signed requests. ${listOf(signed)}`);
    return chosen;
  }
  const refused = signed.filter(({ status = 0 }) => status >= 400 && status < 500);
  const [only, ...others] = refused.length === 1 ? refused : signed;
  if (only === undefined || others.length > 0) {
    throw new Unreadable(`The HAR holds ${signed.length} signed requests. ${listOf(signed)}`);
  }
  return only;
}

function isSigned(request: HttpRequest): boolean {
  return headerOf(request, 'x-auth-client') !== undefined || headerOf(request, 'x-hmac-signature') !== undefined;
}

const MAX_LISTED = 20;

/** The method as far as it is one, and the status: a path may hold an identifier. */
function listOf(signed: readonly Entry[]): string {
  const lines = signed.slice(0, MAX_LISTED).map(({ method, status }, index) => {
    const answer = status === undefined || status === 0 ? 'no answer' : `answered with ${status}`;
    return `  --entry ${index + 1}  ${/^[A-Za-z]{1,10}$/.test(method) ? method : 'request'}, ${answer}`;
  });
  const more = signed.length > MAX_LISTED ? [`  and ${signed.length - MAX_LISTED} more`] : [];
  return ['Choose one:', ...lines, ...more].join('\n');
}

function entriesOf(text: string): Entry[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Unreadable('This begins like a HAR, but is not JSON. Export it again, or copy the request as curl.');
  }
  const entries = field(field(json, 'log'), 'entries');
  if (!Array.isArray(entries)) throw new Unreadable('This is JSON, but not a HAR: it has no log.entries.');
  return entries.map(entryOf).filter((entry) => entry !== undefined);
}

function entryOf(value: unknown): Entry | undefined {
  const request = field(value, 'request');
  const method = field(request, 'method');
  const url = field(request, 'url');
  if (typeof method !== 'string' || typeof url !== 'string') return undefined;
  const postData = field(request, 'postData');
  const [text = '', encoding, mimeType] = ['text', 'encoding', 'mimeType'].map((name) => {
    const part = field(postData, name);
    return typeof part === 'string' ? part : undefined;
  });
  const headers = headersOf(field(request, 'headers'));
  // Some tools leave out the header and keep the type of the body.
  const isTyped = headerOf({ headers }, 'content-type') !== undefined || !mimeType;
  const status = field(field(value, 'response'), 'status');
  return {
    method,
    url: url.split('#')[0] ?? '',
    headers: isTyped ? headers : [...headers, ['content-type', mimeType]],
    body: Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8'),
    status: typeof status === 'number' ? Math.trunc(status) : undefined,
  };
}

function headersOf(value: unknown): Header[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((header) => {
    const name = field(header, 'name');
    const text = field(header, 'value');
    return typeof name === 'string' && typeof text === 'string' ? [[name, text.trim()] as const] : [];
  });
}

function field(value: unknown, name: string): unknown {
  // Safe: an object can be read by any name.
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
