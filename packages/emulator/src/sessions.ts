import type { AcceptedRequest } from './checks.ts';

/** The outcome of a verification, chosen on the hosted page. */
export type Outcome = 'passed' | 'failed' | 'cancelled';

/** A session that the emulator created. */
export interface EmulatorSession {
  readonly sessionId: string;
  /** The `Token` of the response, and the last part of `url`. */
  readonly token: string;
  /** The hosted page, on `publicUrl`; by default on the origin of the last request for this session. */
  readonly url: string;
  /** The API key of the request. */
  readonly apiKey: string;
  readonly uniqueIdentifier: string | undefined;
  readonly country: string | undefined;
  /** The outcome that was chosen on the hosted page; `undefined` until then. */
  readonly outcome: Outcome | undefined;
}

type MutableSession = { -readonly [Field in keyof EmulatorSession]: EmulatorSession[Field] };

const MAX_SESSIONS = 10_000;

/** Looks like the header of the vendor's tokens, so that tools that find tokens in logs find these too. */
const TOKEN_HEADER = base64Url(JSON.stringify({ alg: 'none', typ: 'emulator' }));

/** Keeps the last sessions: one for each identifier of an API key. */
export class SessionStore {
  /** Oldest first. */
  readonly list: MutableSession[] = [];
  readonly #byToken = new Map<string, MutableSession>();
  readonly #byIdentifier = new Map<string, MutableSession>();

  /** Returns the session of the request's identifier, or a new one, with a link on `origin`. */
  getOrCreate(request: AcceptedRequest, origin: string): EmulatorSession {
    const key = identifierKey(request);
    const session = (key === undefined ? undefined : this.#byIdentifier.get(key)) ?? this.#create(request, key);
    session.url = `${origin}/new/${session.token}`;
    return session;
  }

  find(token: string): EmulatorSession | undefined {
    return this.#byToken.get(token);
  }

  /** Sets the outcome of a session; `undefined` to choose again. */
  setOutcome(token: string, outcome: Outcome | undefined): void {
    const session = this.#byToken.get(token);
    if (session !== undefined) session.outcome = outcome;
  }

  clear(): void {
    this.list.length = 0;
    this.#byToken.clear();
    this.#byIdentifier.clear();
  }

  #create({ apiKey, uniqueIdentifier, country }: AcceptedRequest, key: string | undefined): MutableSession {
    const sessionId = crypto.randomUUID();
    const token = createToken();
    const session = { sessionId, token, url: '', apiKey, uniqueIdentifier, country, outcome: undefined };
    this.list.push(session);
    this.#byToken.set(token, session);
    if (key !== undefined) this.#byIdentifier.set(key, session);
    const oldest = this.list.length > MAX_SESSIONS ? this.list.shift() : undefined;
    if (oldest !== undefined) {
      this.#byToken.delete(oldest.token);
      this.#byIdentifier.delete(identifierKey(oldest) ?? '');
    }
    return session;
  }
}

/** The key of an identifier: the same identifier of another API key is another person. */
function identifierKey({ apiKey, uniqueIdentifier }: AcceptedRequest): string | undefined {
  return uniqueIdentifier === undefined ? undefined : JSON.stringify([apiKey, uniqueIdentifier]);
}

function createToken(): string {
  const random = crypto.getRandomValues(new Uint8Array(24));
  return `${TOKEN_HEADER}.${base64Url(String.fromCharCode(...random))}`;
}

function base64Url(binary: string): string {
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
