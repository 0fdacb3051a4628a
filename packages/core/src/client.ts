import { createTransport, hmacSha256, processEnvironment } from '#platform';
import { type CallOptions, readSignal } from './cancellation.ts';
import type { Failure } from './errors.ts';
import { JSON_CONTENT_TYPE, requestHeaders } from './headers.ts';
import { type FaceVerifyOptions, readOptions, type Settings } from './options.ts';
import type { Sign } from './platform/platform.ts';
import { type CheckedRequest, readRequest, type RequestOptions, readResult } from './request.ts';
import { RequestSender } from './request-sender.ts';
import type { HttpResponse } from './response.ts';
import { readSession, type Session, SESSION_PATH, type SessionParams, sessionRequest } from './session.ts';
import { signingHead } from './signing.ts';
import { checkNames, hasFields } from './validation.ts';

/** A client of the vendor's API. */
export interface FaceVerify {
  /**
   * Creates a session, or gets the existing link of a `uniqueIdentifier` that the vendor knows. With an identifier the
   * call is retried as the failure table says, without one only if nothing can have been created.
   *
   * @throws {FaceVerifyError} (as a rejection) with a `code` of the failure table.
   * @example
   * const { url } = await client.createSession({ uniqueIdentifier: user.id, country: 'US' });
   */
  createSession(params?: SessionParams, options?: CallOptions): Promise<Session>;
  /**
   * Sends any other signed call, for what the vendor may add. Resolves to the parsed JSON of a 2xx answer, or to
   * `undefined` if that has no body.
   *
   * @throws {FaceVerifyError} (as a rejection) with a `code` of the failure table.
   * @example
   * const answer = await client.request('GET', '/api/v1/countries', { query: { page: '1' } });
   */
  request(method: string, path: string, options?: RequestOptions): Promise<unknown>;
  /**
   * Ends waits and refuses new calls: they reject with `closed`. Attempts under way finish. Resolves when none is left
   * and the connections are closed. May be called more than once.
   */
  close(): Promise<void>;
}

/**
 * Creates a client. Keep it for as long as the app runs.
 *
 * @throws {FaceVerifyError} `invalid_options`, naming the option to fix.
 * @example
 * const faceVerify = createFaceVerify({ apiKey: 'key', secretKey: 'secret', timeoutMs: 5_000 });
 */
export function createFaceVerify(options: FaceVerifyOptions = {}): FaceVerify {
  return new Client(readOptions(options, processEnvironment()));
}

const BRAND: unique symbol = Symbol.for('@faceverify/core.FaceVerify');
/** Node's `console.log` asks an object by this how to show it. */
const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/** What `createFaceVerify` creates, with what only the resolver of an adapter uses. */
export class Client implements FaceVerify {
  readonly #settings: Settings;
  readonly #sign: Sign;
  readonly #sender: RequestSender;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#sign = hmacSha256(settings.secretKey);
    this.#sender = new RequestSender(createTransport(settings), settings);
    // Not in the body of the class: esbuild, and so wrangler, cannot drop an unused class with computed names in it.
    Object.defineProperties(this, {
      [BRAND]: { value: true },
      [INSPECT]: { value: () => `FaceVerify ${JSON.stringify(this)}` },
    });
  }

  async createSession(params: SessionParams = {}, options?: CallOptions): Promise<Session> {
    const { body, uniqueIdentifier } = sessionRequest(params);
    if (hasFields(options) && !('aborted' in options)) {
      checkNames(options, 'createSession', ['signal'], 'invalid_params');
    }
    const personal = uniqueIdentifier === undefined ? [] : [uniqueIdentifier];
    const request = { query: '', body, repeatable: uniqueIdentifier !== undefined, personal };
    return this.#send('POST', SESSION_PATH, request, options, (response) => readSession(response, this.#settings));
  }

  async request(method: string, path: string, options: RequestOptions = {}): Promise<unknown> {
    const request = readRequest(method, path, options, this.#settings.baseUrl);
    return this.#send(method, path, request, options, readResult);
  }

  async #send<T>(
    method: string,
    path: string,
    { query, body, repeatable, personal }: CheckedRequest,
    options: CallOptions | undefined,
    read: (response: HttpResponse) => T | Failure,
  ): Promise<T> {
    const signal = readSignal(options);
    const { apiKey } = this.#settings;
    const signature = await this.#sign(signingHead(method, path, query, apiKey, JSON_CONTENT_TYPE), body ?? '');
    const target = query === '' ? path : `${path}?${query}`;
    return this.#sender.send({
      request: { method, target, headers: requestHeaders(apiKey, signature), body },
      repeatable,
      signal,
      personal: [signature, apiKey, ...personal],
      read,
    });
  }

  close(): Promise<void> {
    return this.#sender.close();
  }

  get isClosed(): boolean {
    return this.#sender.isClosed;
  }

  /** The client goes on working, without kept connections. */
  closeIdleConnections(): void {
    this.#sender.closeIdleConnections();
  }

  /** What a log may show of a client. */
  toJSON(): { readonly baseUrl: string } {
    return { baseUrl: this.#settings.baseUrl };
  }
}

/** Whether `value` is a client, of this copy of the package or of another. */
export function isClient(value: unknown): value is FaceVerify {
  // Safe: an object can be asked for any key.
  return hasFields(value) && Object.hasOwn(value, BRAND) && (value as Record<symbol, unknown>)[BRAND] === true;
}
