import type { SessionBody } from './session-body.ts';

/** How a person may end the verification on the hosted page. */
export type Outcome = 'passed' | 'failed' | 'cancelled';

/** A session that the emulator created. */
export interface EmulatorSession {
  readonly sessionId: string;
  /** The `Token` of the answer, which is also the last part of `url`. */
  readonly token: string;
  /** The hosted page, on `publicUrl`; by default on the origin of the last request for this session. */
  readonly url: string;
  /** The API key that asked for it. */
  readonly apiKey: string;
  readonly uniqueIdentifier: string | undefined;
  readonly country: string | undefined;
  /** What a person chose on the hosted page; `undefined` until then. */
  readonly outcome: Outcome | undefined;
}

/** A session as the store keeps it: what may change can change here only. */
type Stored = { -readonly [Field in keyof EmulatorSession]: EmulatorSession[Field] };

/** How many sessions are kept. */
const MAX_SESSIONS = 10_000;

/** Like the header of the vendor's tokens, so that whatever looks for a token in a log finds these too. */
const TOKEN_HEADER = base64Url(JSON.stringify({ alg: 'none', typ: 'emulator' }));

/** Keeps the newest sessions: the same one for the same identifier of the same client. */
export class SessionStore {
  /** In the order of creation. */
  readonly list: Stored[] = [];
  readonly #byToken = new Map<string, Stored>();
  readonly #byIdentifier = new Map<string, Stored>();

  /** The existing session of the identifier, or a new one. */
  open(apiKey: string, { uniqueIdentifier, country }: SessionBody, origin: string): EmulatorSession {
    const existing =
      uniqueIdentifier === undefined ? undefined : this.#byIdentifier.get(identityOf(apiKey, uniqueIdentifier));
    const token = existing?.token ?? newToken();
    const url = `${origin}/new/${token}`;
    if (existing !== undefined) {
      existing.url = url;
      return existing;
    }
    const sessionId = crypto.randomUUID();
    return this.#add({ sessionId, token, url, apiKey, uniqueIdentifier, country, outcome: undefined });
  }

  find(token: string): EmulatorSession | undefined {
    return this.#byToken.get(token);
  }

  /** Remembers what a person chose; `undefined` to play again. */
  play(token: string, outcome: Outcome | undefined): void {
    const session = this.#byToken.get(token);
    if (session !== undefined) session.outcome = outcome;
  }

  clear(): void {
    this.list.length = 0;
    this.#byToken.clear();
    this.#byIdentifier.clear();
  }

  #add(session: Stored): Stored {
    const { apiKey, uniqueIdentifier, token } = session;
    this.list.push(session);
    this.#byToken.set(token, session);
    if (uniqueIdentifier !== undefined) this.#byIdentifier.set(identityOf(apiKey, uniqueIdentifier), session);
    const oldest = this.list.length > MAX_SESSIONS ? this.list.shift() : undefined;
    if (oldest !== undefined) {
      this.#byToken.delete(oldest.token);
      if (oldest.uniqueIdentifier !== undefined) {
        this.#byIdentifier.delete(identityOf(oldest.apiKey, oldest.uniqueIdentifier));
      }
    }
    return session;
  }
}

function identityOf(apiKey: string, uniqueIdentifier: string): string {
  return JSON.stringify([apiKey, uniqueIdentifier]);
}

function newToken(): string {
  const random = crypto.getRandomValues(new Uint8Array(24));
  return `${TOKEN_HEADER}.${base64Url(String.fromCharCode(...random))}`;
}

function base64Url(binary: string): string {
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
