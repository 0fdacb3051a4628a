import { randomUUID } from 'node:crypto';
import { createEmulator, type Emulator, type ReceivedRequest } from '@faceverify/emulator';
import supertest from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { leaksIn, type Secret } from '../support/leaks.ts';
import type { RunningApp } from '../support/serve.ts';
import { closedPort, type SilentHost, silentHost } from '../support/unreachable-host.ts';
import type { Note } from './contract-app.ts';
import type { AppSettings, StartApp } from './settings.ts';

/** Part of every text of the emulated vendor: no answer may hold it. */
export const VENDOR_TEXT = 'as the vendor put it';

/** The `Token` of answers that a test makes up for the vendor. */
export const MADE_UP_TOKEN = 'eyJhbGciOiJub25lIn0.bWFkZS11cC1ieS1hLXRlc3Q';

/** The two clients that the emulated vendor knows. */
export const KEYS = { apiKey: 'key-of-the-app', secretKey: 'secret-of-the-app' } as const;
export const OTHER_KEYS = { apiKey: 'key-of-another-app', secretKey: 'secret-of-another-app' } as const;

/** What a visitor sends. */
export interface Visit {
  readonly method?: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options';
  /** The signed-in user's id; `null`: nobody is signed in. */
  readonly user?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What the visitor gets. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An app of the contract with a vendor behind it, for the tests of one `describe`. */
export interface TestContext {
  /** Asks the app. Whatever it answers was searched for everything secret. */
  visit(path: string, visit?: Visit): Promise<Answer>;
  /** Where `path` is, for tests that need a socket of their own. */
  urlOf(path: string): URL;
  /** What the app's hooks and the framework's error handling were told since the last call. */
  notes(): Promise<readonly Note[]>;
  /** What the app wrote to its console since the last call. */
  printed(): string;
  /** Whether a middleware before the routes reads bodies. */
  readonly parsesBodies: boolean;
  readonly vendor: Emulator;
  /** Where the vendor listens. */
  readonly vendorOrigin: string;
  readonly silentVendor: SilentHost;
  /** The bodies that the vendor accepted in this test, all of them signed as they should be. */
  vendorSaw(): readonly { readonly apiKey: string | undefined; readonly body: string }[];
}

/** Sets up a test context for the tests of the enclosing `describe`. */
export function useTestContext(
  start: StartApp,
  settings: Pick<AppSettings, 'prefix' | 'parseBody' | 'keys' | 'errorHandling'> & {
    readonly environment?: 'keys' | 'empty';
  },
): TestContext {
  const vendor = createEmulator({
    clients: { [KEYS.apiKey]: KEYS.secretKey, [OTHER_KEYS.apiKey]: OTHER_KEYS.secretKey },
  });
  const seen = { users: new Set<string>(), signatures: new Set<string>() };
  const ends: (() => Promise<void>)[] = [];
  let app: RunningApp;
  let vendorOrigin = '';
  let silent: SilentHost;
  let printedBefore = 0;

  beforeAll(async () => {
    const { url: baseUrl, close } = await vendor.listen();
    vendorOrigin = baseUrl;
    silent = await silentHost();
    const closed = await closedPort();
    ends.push(
      close,
      () => silent.close(),
      () => closed.close(),
    );
    const environment: Record<string, string> =
      settings.environment === 'keys'
        ? { FACEVERIFY_API_KEY: KEYS.apiKey, FACEVERIFY_SECRET_KEY: KEYS.secretKey, FACEVERIFY_BASE_URL: baseUrl }
        : {};
    setEnvironment(environment);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    app = await start({
      prefix: settings.prefix,
      parseBody: settings.parseBody,
      keys: settings.keys,
      ...(settings.errorHandling && { errorHandling: settings.errorHandling }),
      environment,
      vendor: { ...KEYS, baseUrl },
      otherVendor: { ...OTHER_KEYS, baseUrl },
      vendorDown: { ...KEYS, baseUrl: closed.origin },
      vendorSilent: { ...KEYS, baseUrl: silent.origin },
    });
    ends.push(() => app.close());
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    setEnvironment();
    vi.restoreAllMocks();
  });

  beforeEach(() => vendor.reset());
  afterEach(async () => {
    // Read or not, nothing that was noted may hold a secret; and what a hook was told is not printed too.
    await context.notes();
    const printed = context.printed();
    if (settings.errorHandling === undefined) expect(printed).toBe('');
  });

  function secrets(): Secret[] {
    const named = (what: string, values: Iterable<string>): Secret[] => [...values].map((value) => ({ what, value }));
    for (const { headers } of vendor.received) seen.signatures.add(headers['x-hmac-signature'] ?? 'no signature');
    return [
      ...named('secret key', [KEYS.secretKey, OTHER_KEYS.secretKey]),
      ...named('signature', seen.signatures),
      ...named('token', [MADE_UP_TOKEN, ...vendor.sessions.map(({ token }) => token)]),
      ...named('identifier', seen.users),
      ...named('text of the vendor', [VENDOR_TEXT]),
    ];
  }

  const context: TestContext = {
    parsesBodies: settings.parseBody,
    vendor,
    get vendorOrigin() {
      return vendorOrigin;
    },
    get silentVendor() {
      return silent;
    },
    urlOf: (path) => new URL(settings.prefix + path, app.url),
    async visit(path, { method = 'post', user = USER, headers = {}, body } = {}) {
      if (user !== null) seen.users.add(user);
      const login = user === null ? {} : { 'x-user': encodeURIComponent(user) };
      const request = supertest(app.url)[method](settings.prefix + path);
      const response = await request
        .set({ ...login, ...headers })
        .buffer(true)
        .parse(asText)
        .send(body);
      const answer = {
        status: response.status,
        // Safe: node:http gives strings but for `set-cookie`, which is looked for in the test that could get one.
        headers: response.headers as Record<string, string>,
        text: typeof response.body === 'string' ? response.body : '',
      };
      expect(leaksIn(withoutLink(answer, vendor), secrets()), `the answer of ${path}`).toEqual([]);
      return answer;
    },
    async notes() {
      const { text } = await supertest(app.url).get(`${settings.prefix}/notes`).expect(200);
      expect(leaksIn(text, secrets()), 'what the app was told').toEqual([]);
      return JSON.parse(text) as readonly Note[]; // Safe: `takeNotes` of contract-app.ts gave it.
    },
    printed() {
      const calls = vi.mocked(console.error).mock.calls.splice(0);
      const all = app.written?.() ?? '';
      const text = calls.map((words) => `${words.join(' ')}\n`).join('') + all.slice(printedBefore);
      printedBefore = all.length;
      expect(leaksIn(text, secrets()), 'what was printed').toEqual([]);
      return text;
    },
    vendorSaw() {
      expect(vendor.received.filter(({ accepted }) => !accepted)).toEqual([]);
      return vendor.received.map(({ apiKey, body }: ReceivedRequest) => ({ apiKey, body }));
    },
  };
  return context;
}

/** The user who is signed in by default. */
export const USER = `user-${randomUUID()}`;

const PROCESS_ENVIRONMENT = process.env;

/**
 * Gives this process an environment with these variables and no others of ours; without an argument
 * the former one. It is a new object, since a client is kept for an environment that was once read.
 */
export function setEnvironment(variables?: Readonly<Record<string, string>>): void {
  const others = Object.entries(PROCESS_ENVIRONMENT).filter(([name]) => !name.startsWith('FACEVERIFY_'));
  process.env = variables === undefined ? PROCESS_ENVIRONMENT : { ...Object.fromEntries(others), ...variables };
}

/** Collects a body as it is, whatever its Content-Type says. */
function asText(response: supertest.Response, done: (error: Error | null, text: string) => void): void {
  let text = '';
  response.on('data', (chunk: Buffer) => {
    text += chunk.toString(); // Answers of this app are ASCII: no character is cut in two.
  });
  response.on('end', () => done(null, text));
}

/** Everything of an answer but the link of a successful one, which is what the visitor came for. */
function withoutLink({ status, headers, text }: Answer, { sessions }: Emulator): string {
  const whole = JSON.stringify(headers) + text;
  if (status !== 200 && status !== 303) return whole;
  return sessions.reduce((rest, { url }) => rest.replaceAll(url, ''), whole);
}
