import type { Accepted, Refusal } from './checks.ts';
import type { EmulatorOptions } from './options.ts';

/** A request to the API, as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text; empty where there was none, or more than 128 KiB. */
  readonly body: string;
  /** The header `x-auth-client`. */
  readonly apiKey: string | undefined;
  /** The `uniqueIdentifier` of an accepted request. */
  readonly uniqueIdentifier: string | undefined;
  /** Whether it passed every check: the signature above all. A fault may have been played all the same. */
  readonly accepted: boolean;
  /** Why it did not; `undefined` if it did. */
  readonly refusal: Refusal | undefined;
}

/** How many requests are kept. */
const MAX_RECEIVED = 1_000;

/** What is known of a request after its check. */
interface Arrival {
  readonly method: string;
  readonly target: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  readonly verdict: Accepted | Refusal;
}

/** Keeps the newest requests. */
export class ReceivedLog {
  /** The oldest first. */
  readonly list: ReceivedRequest[] = [];
  readonly #onRequest: EmulatorOptions['onRequest'];

  constructor(onRequest: EmulatorOptions['onRequest']) {
    this.#onRequest = onRequest;
  }

  async add({ method, target, headers, body, verdict }: Arrival): Promise<void> {
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
    if (this.list.length > MAX_RECEIVED) this.list.shift();
    await this.#onRequest?.(received);
  }

  clear(): void {
    this.list.length = 0;
  }
}
