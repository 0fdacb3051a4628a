import { randomUUID } from 'node:crypto';
import { signRequest } from '@faceverify/core';
import type { Keys } from '../keys.ts';
import { ASSUMPTIONS, type AssumptionName, type Row, rowOf } from './assumptions.ts';
import { NoAnswer, probe, type ProbeResponse } from './probe.ts';

/** Calls at most; each row needs one, and `same_link` a second. */
export const MAX_CALLS = 6;

interface Account extends Keys {
  readonly baseUrl: string;
  /** Sends through the proxy of the environment. */
  readonly viaProxy: boolean;
}

/** Checks every assumption with real calls. After the first call that fails otherwise, no other is made. */
export async function checkAssumptions(account: Account, timeoutMs = 10_000): Promise<Row[]> {
  const rows = new Map<AssumptionName, Row>();
  const add = (...found: Row[]): void => found.forEach((row) => rows.set(row.name, row));
  const calls = new Calls(account, timeoutMs, (row) => add(row));
  try {
    const uniqueIdentifier = `faceverify-doctor-${randomUUID()}`;
    const first = readAnswer(await calls.send({ uniqueIdentifier }));
    add(first.row);
    if (first.url !== undefined) {
      add(linkHost(first.url, account.baseUrl));
      const second = readAnswer(await calls.send({ uniqueIdentifier }));
      if (second.url !== undefined) {
        const same = second.url === first.url;
        add(rowOf('same_link', same ? 'yes' : 'no', same ? 'the same link twice' : 'two links'));
      }
      add(refusal('wrong_signature', await calls.send({ uniqueIdentifier }, { change: wrongSignature })));
      add(
        refusal(
          'unknown_client',
          await calls.send({ uniqueIdentifier }, { apiKey: `faceverify-doctor-${randomUUID()}` }),
        ),
      );
      add(refusal('missing_header', await calls.send({ uniqueIdentifier }, { change: withoutSignature })));
      add(refusal('unknown_fields', await calls.send({ uniqueIdentifier, 'x-faceverify-doctor': 'test' })));
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    if (!rows.has('documented_answer')) add(rowOf('documented_answer', 'unknown', error.message));
  }
  const names = Object.keys(ASSUMPTIONS) as AssumptionName[]; // Safe: the keys of that very object.
  return names.map((name) => rows.get(name) ?? rowOf(name, 'unknown', 'not seen'));
}

/** No further call is made. */
class Stopped extends Error {}

type Headers = Readonly<Record<string, string>>;

interface Change {
  readonly apiKey?: string;
  readonly change?: (headers: Headers) => Headers;
}

class Calls {
  readonly #account: Account;
  readonly #timeoutMs: number;
  readonly #add: (row: Row) => void;
  #made = 0;

  constructor(account: Account, timeoutMs: number, add: (row: Row) => void) {
    this.#account = account;
    this.#timeoutMs = timeoutMs;
    this.#add = add;
  }

  async send(params: Readonly<Record<string, string>>, { apiKey, change }: Change = {}): Promise<ProbeResponse> {
    if (this.#made >= MAX_CALLS) throw new Stopped('no more calls are allowed');
    this.#made++;
    const { baseUrl, secretKey } = this.#account;
    const url = `${baseUrl}/api/v1/session`;
    const body = JSON.stringify(params);
    const signed = await signRequest({ method: 'POST', url, body, apiKey: apiKey ?? this.#account.apiKey, secretKey });
    const headers = change === undefined ? signed.headers : change(signed.headers);
    const response = await this.#answerTo(new URL(url), headers, body);
    if (response.status !== 429 && response.status !== 503) return response;
    this.#add(retryAfter(response));
    throw new Stopped(`status ${response.status}: try again later`);
  }

  async #answerTo(url: URL, headers: Headers, body: string): Promise<ProbeResponse> {
    try {
      return await probe({
        method: 'POST',
        url,
        headers,
        body,
        timeoutMs: this.#timeoutMs,
        viaProxy: this.#account.viaProxy,
      });
    } catch (error) {
      throw new Stopped(
        error instanceof NoAnswer ? 'no answer in time' : 'no connection: run the doctor without --live',
      );
    }
  }
}

function wrongSignature(headers: Headers): Headers {
  return { ...headers, 'x-hmac-signature': '0'.repeat(64) };
}

function withoutSignature(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'x-hmac-signature'));
}

/** The link of an answer as it is documented. */
function readAnswer({ status, body }: ProbeResponse): { row: Row; url?: string } {
  const name = 'documented_answer';
  if (status !== 200) return { row: rowOf(name, 'no', `status ${status}`) };
  const data = field(parse(body), 'success') === true ? field(parse(body), 'data') : undefined;
  const missing = ['sessionId', 'baseUrl', 'Token', 'url'].filter((each) => typeof field(data, each) !== 'string');
  const url = field(data, 'url');
  const row =
    missing.length === 0
      ? rowOf(name, 'yes', 'status 200 and the four fields')
      : rowOf(name, 'no', data === undefined ? 'not the documented JSON' : `without the field ${missing.join(', ')}`);
  return typeof url === 'string' ? { row, url } : { row };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  // Safe: an object can be read by any name.
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function linkHost(link: string, baseUrl: string): Row {
  const name = 'link_host';
  const { host, origin } = new URL(baseUrl);
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.origin === origin) return rowOf(name, 'yes', 'the same host');
  if (url === undefined || url.host === host) {
    return rowOf(name, 'no', 'no link of https', 'Tell the maintainers: the client refuses such a link.');
  }
  // A long label may be a token.
  const isName =
    url.host.length <= 80 &&
    url.host.split('.').every((label) => /^[a-z-]{1,20}\d{0,4}(?::\d+)?$|^\d+(?::\d+)?$/.test(label));
  const shown = isName ? `'${url.host}'` : 'the host of the link';
  return rowOf(
    name,
    'no',
    isName ? `on ${url.host}` : 'on another host',
    `${ASSUMPTIONS[name][1]}${shown}] if you trust it.`,
  );
}

function refusal(name: AssumptionName, { status }: ProbeResponse): Row {
  return rowOf(name, status === 400 ? 'yes' : 'no', `status ${status}`);
}

function retryAfter({ status, headers }: ProbeResponse): Row {
  const value = headers['retry-after'];
  const isReadable = value !== undefined && (/^\d+$/.test(value) || !Number.isNaN(Date.parse(value)));
  const seen =
    value === undefined
      ? `status ${status} without it`
      : `status ${status} ${isReadable ? 'with it' : 'with one that cannot be read'}`;
  return rowOf('retry_after', isReadable ? 'yes' : 'no', seen);
}
