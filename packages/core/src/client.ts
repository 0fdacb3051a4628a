import { readJson, Refusal } from './answer.ts';
import { type CallOptions, readSignal } from './cancel-signal.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { fixedHeaders, JSON_CONTENT_TYPE } from './headers.ts';
import type { Settings } from './options.ts';
import type { Platform, Sender, Signer } from './platform/platform.ts';
import { readRequest, readRequested, type RequestOptions } from './request.ts';
import { readSession, type Session, type SessionParams, sessionRequest } from './session.ts';
import { signingHead } from './signing.ts';

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
    // Not in the body of the class: esbuild, and so wrangler, cannot drop an unused class with computed names in it.
    Object.defineProperties(this, {
      [BRAND]: { value: true },
      [INSPECT]: { value: () => `FaceVerify ${JSON.stringify(this)}` },
    });
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
    const signal = readSignal(options);
    const { query, body, repeatable, personal } = readRequest(method, path, options, baseUrl);
    const signature = await this.#sign(signingHead(method, path, query, apiKey, JSON_CONTENT_TYPE), body ?? '');
    return this.#delivery.deliver({
      outgoing: { method, target: query === '' ? path : `${path}?${query}`, signature, body },
      repeatable,
      signal,
      secrets: [secretKey, signature, ...personal],
      read: readRequested,
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
