import { Hono } from 'hono';
import { answerApi, isForApi, type State } from './api.ts';
import { answerAsFetch } from './as-fetch.ts';
import type { Connection, Handle } from './connection.ts';
import { type Fault, FaultPlan } from './faults.ts';
import { reportErrors } from './internal-error.ts';
import { type EmulatorOptions, readOptions } from './options.ts';
import { addPages } from './pages.ts';
import { ReceivedLog, type ReceivedRequest } from './received.ts';
import type { Listening } from './server.ts';
import { type EmulatorSession, SessionStore } from './sessions.ts';

/** Where to listen. */
export interface ListenOptions {
  /** 0, the default, takes any free one. */
  readonly port?: number | undefined;
  /** `127.0.0.1` unless given: nobody else's machine reaches it. */
  readonly hostname?: string | undefined;
}

/** A stand-in for FaceVerify's API: this project's model of the vendor, not the vendor. */
export interface Emulator {
  /** The first pair's API key, to pass to `faceVerify()` or `createFaceVerify()`. */
  readonly apiKey: string;
  /** The first pair's secret key. */
  readonly secretKey: string;
  /**
   * Answers without a socket, as the web's `fetch` does: it may be passed as a client's `fetch`.
   * A session's `url` starts with `publicUrl`, by default with the origin of the request.
   *
   * @throws {TypeError} (as a rejection) where a fault ends the connection; the signal's reason where it aborts.
   * @example
   * const client = createFaceVerify({ ...keys, fetch: emulator.fetch });
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Listens on a real port, of Node.
   *
   * @throws {Error} (as a rejection) with a sentence that says why, such as a port that is taken.
   * @example
   * const { url, close } = await emulator.listen({ port: 4400 });
   */
  readonly listen: (options?: ListenOptions) => Promise<Listening>;
  /** The newest 1,000 requests to the API, the oldest first. */
  readonly received: readonly ReceivedRequest[];
  /** The newest 10,000 sessions, the oldest first, each with the outcome that a person chose on its page. */
  readonly sessions: readonly EmulatorSession[];
  /**
   * Lets the next requests to the API fail, whatever they are; once unless `times` says otherwise.
   * Calls queue up: one fault after the other.
   *
   * @throws {TypeError} or {RangeError} for a fault that cannot be played.
   * @example
   * emulator.failNext({ status: 503, headers: { 'retry-after': '1' } }, 2);
   */
  readonly failNext: (fault: Fault, times?: number) => void;
  /**
   * Lets every accepted request with this identifier fail.
   *
   * @throws {TypeError} or {RangeError} for a fault that cannot be played.
   * @example
   * emulator.failFor('user-without-luck', 'stall');
   */
  readonly failFor: (uniqueIdentifier: string, fault: Fault) => void;
  /** Forgets what was received, all faults and all sessions; a request under way leaves no trace. Ports stay open. */
  readonly reset: () => void;
}

/**
 * Creates an emulator. It does nothing until it is asked something.
 *
 * @throws {TypeError} for an option that cannot work.
 * @example
 * import { createFaceVerify } from '@faceverify/core';
 * import { createEmulator } from '@faceverify/emulator';
 *
 * const emulator = createEmulator();
 * const { apiKey, secretKey, fetch } = emulator;
 * const faceVerify = createFaceVerify({ apiKey, secretKey, fetch });
 * const session = await faceVerify.createSession({ uniqueIdentifier: 'user123' });
 * console.log(session.url, emulator.received.length); // https://start.faceverify.ai/new/… 1
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { clients, onRequest, publicOrigin } = readOptions(options);
  const state: State = {
    clients,
    publicOrigin,
    received: new ReceivedLog(onRequest),
    faults: new FaultPlan(),
    sessions: new SessionStore(),
    resets: 0,
  };
  const app = createApp(state);
  const handle: Handle = (request, connection) => app.fetch(request, connection);
  const [[apiKey, secretKey] = ['', '']] = clients;

  return {
    apiKey,
    secretKey,
    received: state.received.list,
    sessions: state.sessions.list,
    fetch: (input, init) => answerAsFetch(handle, input, init),
    async listen({ port = 0, hostname = '127.0.0.1' } = {}) {
      const { listen } = await import('./server.ts'); // Only here: the rest runs without Node.
      return listen(reportErrors(handle, state), { port, hostname, publicOrigin });
    },
    failNext: (fault, times = 1) => state.faults.addNext(fault, times),
    failFor: (uniqueIdentifier, fault) => state.faults.addFor(uniqueIdentifier, fault),
    reset() {
      state.resets++;
      state.received.clear();
      state.faults.clear();
      state.sessions.clear();
    },
  };
}

function createApp(state: State): Hono<{ Bindings: Connection }> {
  const app = new Hono<{ Bindings: Connection }>();
  app.use(async (c, next) => {
    if (isForApi(c.req.raw)) return answerApi(c, state);
    await next();
    return undefined;
  });
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    c.header('x-content-type-options', 'nosniff');
  });
  addPages(app, state.sessions);
  app.onError((error) => {
    throw error; // For the caller: `fetch` passes it on, a port logs it.
  });
  return app;
}
