import { readJson, Refusal } from './answer.ts';
import type { CancelSignal } from './cancel-signal.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { FaceVerifyError } from './failure.ts';
import { fixedHeaders, JSON_CONTENT_TYPE } from './headers.ts';
import type { Settings } from './options.ts';
import { ownField } from './own-field.ts';
import type { Platform, Sender, Signer } from './platform/platform.ts';
import { readSession, type Session, type SessionParams, sessionRequest } from './session.ts';
import { signingHead } from './signing.ts';

/** What one call can be told besides its subject. */
export interface CallOptions {
  /** An AbortSignal. Cancels the call, its waits included: it rejects with `aborted`. */
  readonly signal?: CancelSignal | undefined;
}

/** What a call of {@link FaceVerify.request} can be told. */
export interface RequestOptions extends CallOptions {
  /** Query parameters, signed and sent in the form that URLSearchParams prints. */
  readonly query?: URLSearchParams | Readonly<Record<string, string>> | undefined;
  /** Any JSON value; serialised once, and these bytes are signed and sent. Leave out for no body. */
  readonly body?: unknown;
  /** Whether the call may be sent again with the same bytes. A GET always may. */
  readonly idempotent?: boolean | undefined;
}

/** The client: one for each pair of keys, kept for as long as the app runs. */
export interface FaceVerify {
  /**
   * Creates a session, or gets the existing link of a `uniqueIdentifier` that the vendor knows.
   * With an identifier the call is repeated where the failure table says so; without one only where
   * nothing can have been created.
   *
   * @throws {FaceVerifyError} (as a rejection) with a `code` of the failure table.
   * @example
   * const { url } = await client.createSession({ uniqueIdentifier: user.id, country: 'US' });
   */
  createSession(params?: SessionParams, options?: CallOptions): Promise<Session>;
  /**
   * Sends any other signed call, for what the vendor adds. Resolves to the parsed JSON of an answer
   * with a 2xx status, to `undefined` if that has no body; nothing else is assumed about it.
   *
   * @throws {FaceVerifyError} (as a rejection) with a `code` of the failure table.
   * @example
   * const answer = await client.request('GET', '/api/v1/countries', { query: { page: '1' } });
   */
  request(method: string, path: string, options?: RequestOptions): Promise<unknown>;
  /**
   * From now on new calls and waits reject with `closed`; attempts under way finish. Resolves when
   * none is left and the connections are given back. May be called more than once.
   */
  close(): Promise<void>;
}

const BRAND: unique symbol = Symbol.for('@faceverify/core.FaceVerify');
/** By which Node's `console.log` asks an object how it wants to be shown. */
const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom');
const SESSION_PATH = '/api/v1/session';
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A client, with what only the pool of clients needs to know. */
export interface PooledClient extends FaceVerify {
  /** Whether its user has closed it. */
  readonly isClosed: boolean;
  /** Gives idle connections back; whoever holds the client may go on with it. */
  retire(): void;
}

class Client implements PooledClient {
  readonly #settings: Settings;
  readonly #sign: Signer;
  readonly #sender: Sender;
  readonly #delivery: Delivery;
  #closed = false;
  /** What stands before the body of every session's string to sign: it never changes. */
  readonly #sessionHead: string;

  constructor(platform: Platform, settings: Settings) {
    this.#settings = settings;
    this.#sign = platform.hmacSha256(settings.secretKey);
    this.#sender = platform.createSender(settings, fixedHeaders(settings.apiKey));
    this.#delivery = createDelivery(this.#sender, settings);
    this.#sessionHead = signingHead('POST', SESSION_PATH, '', settings.apiKey, JSON_CONTENT_TYPE);
  }

  async createSession(params: SessionParams = {}, options?: CallOptions): Promise<Session> {
    const { body, uniqueIdentifier } = sessionRequest(params);
    const signal = readSignal(options);
    const settings = this.#settings;
    const signed = this.#sign(this.#sessionHead, body);
    const signature = typeof signed === 'string' ? signed : await signed;
    return this.#delivery.deliver({
      outgoing: { method: 'POST', target: SESSION_PATH, signature, body },
      repeatable: uniqueIdentifier !== undefined,
      signal,
      secrets: [settings.secretKey, signature, uniqueIdentifier ?? ''],
      read(answer) {
        const json = readJson(answer, (status) => status === 200);
        return json instanceof Refusal ? json : readSession(json, settings);
      },
    });
  }

  async request(method: string, path: string, options: RequestOptions = {}): Promise<unknown> {
    const { apiKey, baseUrl, secretKey } = this.#settings;
    const { query, body: value, idempotent } = checkRequest(method, path, options, baseUrl);
    const signal = readSignal(options);
    const search = new URLSearchParams(query);
    const personal = [...search.values()];
    const body = value === undefined ? undefined : serialise(value, personal);
    const signature = await this.#sign(signingHead(method, path, `${search}`, apiKey, JSON_CONTENT_TYPE), body ?? '');
    return this.#delivery.deliver({
      outgoing: { method, target: personal.length === 0 ? path : `${path}?${search}`, signature, body },
      repeatable: method === 'GET' || idempotent === true,
      signal,
      secrets: [secretKey, signature, ...personal],
      read: (answer) => (answer.body === '' && isSuccess(answer.status) ? undefined : readJson(answer, isSuccess)),
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#delivery.close();
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  retire(): void {
    this.#sender.close();
  }

  /** What a log may show of a client. */
  toJSON(): { readonly baseUrl: string } {
    return { baseUrl: this.#settings.baseUrl };
  }

  [INSPECT](): string {
    return `FaceVerify ${JSON.stringify(this)}`;
  }

  get [BRAND](): true {
    return true;
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

const REQUEST_OPTIONS = ['query', 'body', 'idempotent', 'signal'];

/** The options' own fields, after every check. */
function checkRequest(method: string, path: string, options: RequestOptions, baseUrl: string): RequestOptions {
  if (!METHODS.includes(method)) throw invalid(`method must be one of ${METHODS.join(', ')}.`);
  // What a URL would rewrite, and ";", would not be sent as it is signed: see request-target.ts.
  if (typeof path !== 'string' || !/^\/[^;]*$/.test(path) || pathOf(baseUrl + path) !== path) {
    throw invalid('path must start with "/", percent-encoded, without dot segments, ";", "?" or "#": use { query }.');
  }
  if (typeof options !== 'object' || options === null) throw invalid('The options must be an object.');
  const unknown = Object.keys(options).find((name) => !REQUEST_OPTIONS.includes(name));
  if (unknown !== undefined) {
    throw invalid(`There is no option ${JSON.stringify(unknown)}. Known are: ${REQUEST_OPTIONS.join(', ')}.`);
  }
  const own: RequestOptions = Object.assign(Object.create(null) as object, options);
  if (method === 'GET' && own.body !== undefined) throw invalid('A GET has no body: use { query }.');
  return own;
}

function pathOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).pathname : undefined;
}

/** The JSON of `body`; every string in it is added to `personal`, to be kept out of errors. */
function serialise(body: unknown, personal: string[]): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(body, (_key, value: unknown) => {
      if (typeof value === 'string') personal.push(value);
      return value;
    });
  } catch {
    // Said below: the original message may quote the value.
  }
  if (json === undefined) throw invalid('body cannot be written as JSON: is it circular, a function or a BigInt?');
  return json;
}

function readSignal(options: CallOptions | undefined): CancelSignal | undefined {
  const signal = ownField(options, 'signal');
  if (signal === undefined || isSignal(signal)) return signal;
  throw invalid('signal must be an AbortSignal.');
}

/** By shape: the signal may come from another realm or from a polyfill. */
function isSignal(value: unknown): value is CancelSignal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'aborted' in value &&
    'addEventListener' in value &&
    'removeEventListener' in value
  );
}

function invalid(message: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', message);
}

/** Whether `value` is a client, of this copy of the package or of another. */
export function isClient(value: unknown): value is FaceVerify {
  // Safe: any object can be asked for any key.
  return (Object(value) as Record<symbol, unknown>)[BRAND] === true;
}

/** Creates a client on `platform`; the public `createFaceVerify` binds the platform. */
export function createClient(platform: Platform, settings: Settings): PooledClient {
  return new Client(platform, settings);
}
