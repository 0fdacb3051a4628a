import { type AttemptEvent, FaceVerifyError } from '@faceverify/core';
import { API_KEY, IDENTIFIER, LINK, SECRET_KEY, SESSION_ID, TOKEN, VENDOR_COOKIE } from '../server/secrets.ts';
import { everythingOf, leaksIn, type Secret, secretsNamed } from '../../support/leaks.ts';

/** What this side knows, so that it can cut it out of whatever the vendor says. */
const KNOWN = { secretKey: SECRET_KEY, identifier: IDENTIFIER };
/** What may appear nowhere, not even in a good answer. */
const ALWAYS = { ...KNOWN, token: TOKEN, cookie: VENDOR_COOKIE };
/** What a visitor is told in a good answer, and nobody anywhere else. */
const IN_GOOD_ANSWERS = { sessionId: SESSION_ID, url: LINK };
/** Express, Koa and others copy these from an error into the answer to the visitor. */
const NAMES_THAT_FRAMEWORKS_READ = ['status', 'statusCode', 'headers', 'expose'];

/** Looks at everything that one case shows to anybody, and keeps what must not be there. */
export class LeakDetector {
  /** How often the client said that it made an attempt. */
  told = 0;
  /** The last error, if there was one. */
  error: unknown;
  readonly #shown: Array<readonly [where: string, text: string, secrets: Readonly<Record<string, string>>]> = [];
  readonly #problems: string[] = [];

  /** For the client's option of this name. */
  readonly onAttempt = (event: AttemptEvent): void => {
    this.told++;
    this.#look('onAttempt', everythingOf(event));
  };

  /** For the route's option of this name. */
  readonly onError = (error: FaceVerifyError, native: unknown): void => {
    this.thrown(error);
    // The framework's request holds the socket, the server and the app: a few levels are plenty, and
    // its getters do things.
    this.#look('onError', everythingOf(native, { depth: 4, getters: false }));
  };

  /** What a call rejected with. */
  readonly thrown = (error: unknown): void => {
    this.error = error;
    this.#look('error', everythingOf(error));
    if (!FaceVerifyError.is(error)) {
      this.#problems.push(`not a FaceVerifyError: ${String(error)}`);
      return;
    }
    const said = error.vendorMessage() ?? '';
    // What only the vendor knows can be recognised by its form alone: tokens and links.
    this.#shown.push(['vendorMessage', said, KNOWN]);
    for (const [name, value] of Object.entries({ token: TOKEN, url: LINK, sessionId: SESSION_ID })) {
      if (said.includes(value)) this.#problems.push(`vendorMessage shows ${name}`);
    }
    if (said.length > 500) this.#problems.push(`vendorMessage of ${said.length} characters`);
    for (const name of NAMES_THAT_FRAMEWORKS_READ) {
      if (name in error) this.#problems.push(`the error has a field ${name}`);
    }
  };

  /** Every byte that the visitor got. */
  answered(text: string, good: boolean): void {
    this.#shown.push(['answer', text, good ? ALWAYS : { ...ALWAYS, ...IN_GOOD_ANSWERS }]);
  }

  /** What was wrong, once it is known which signatures were sent. */
  problems(signatures: readonly string[]): string[] {
    const sent = Object.fromEntries(signatures.map((signature, index) => [`signature ${index + 1}`, signature]));
    const leaks = this.#shown.flatMap(([where, text, secrets]) =>
      leaksIn(text, secretsNamed({ ...secrets, ...sent })).map((leak) => `${where} shows ${leak}`),
    );
    return [...this.#problems, ...new Set(leaks)];
  }

  #look(where: string, text: string): void {
    this.#shown.push([where, text, { ...ALWAYS, ...IN_GOOD_ANSWERS }]);
  }
}

/** What may appear in no line of a log. */
export const LOG_SECRETS: readonly Secret[] = secretsNamed({ ...ALWAYS, ...IN_GOOD_ANSWERS, apiKey: API_KEY });
