import type { AcceptedRequest, Refusal } from './checks.ts';

/** A request to the API, as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text; empty if there was none, or more than 128 KiB. */
  readonly body: string;
  /** The header `x-auth-client`. */
  readonly apiKey: string | undefined;
  /** The `uniqueIdentifier`, if the request was accepted. */
  readonly uniqueIdentifier: string | undefined;
  /** Whether the request passed every check, that of the signature included. A fault does not change this. */
  readonly accepted: boolean;
  /** Why the request was refused; `undefined` if it was accepted. */
  readonly refusal: Refusal | undefined;
}

const MAX_REQUESTS = 1_000;

interface CheckedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  readonly verdict: AcceptedRequest | Refusal;
}

/** Keeps the last requests. */
export class RequestLog {
  /** Oldest first. */
  readonly list: ReceivedRequest[] = [];
  readonly #onRequest: ((request: ReceivedRequest) => unknown) | undefined;

  constructor(onRequest: ((request: ReceivedRequest) => unknown) | undefined) {
    this.#onRequest = onRequest;
  }

  async add({ method, target, headers, body, verdict }: CheckedRequest): Promise<void> {
    const accepted = 'apiKey' in verdict;
    const received: ReceivedRequest = {
      method,
      target,
      headers: Object.fromEntries(headers),
      body: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body),
      apiKey: headers.get('x-auth-client') ?? undefined,
      uniqueIdentifier: accepted ? verdict.uniqueIdentifier : undefined,
      accepted,
      refusal: accepted ? undefined : verdict,
    };
    this.list.push(received);
    if (this.list.length > MAX_REQUESTS) this.list.shift();
    await this.#onRequest?.(received);
  }

  clear(): void {
    this.list.length = 0;
  }
}
