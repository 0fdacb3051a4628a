import { Hono } from 'hono';
import { handleApiRequest, isApiRequest, type State } from './api.ts';
import type { Connection, Handler } from './connection.ts';
import { type Fault, FaultPlan } from './faults.ts';
import { fetchFrom } from './fetch.ts';
import { reportErrors } from './internal-error.ts';
import { type EmulatorOptions, readOptions } from './options.ts';
import { addPages } from './pages.ts';
import { type ReceivedRequest, RequestLog } from './request-log.ts';
import type { Listening } from './server.ts';
import { type EmulatorSession, SessionStore } from './sessions.ts';

/** Where to listen. */
export interface ListenOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /**
   * Default: `127.0.0.1`, for this machine only. On a loopback address, requests for host names other than
   * `localhost`, `*.localhost`, `127.x.x.x`, `[::1]`, this one and that of `publicUrl` get 403.
   */
  readonly hostname?: string | undefined;
}

/** An emulator of the FaceVerify API: this project's model of the vendor, not the vendor. */
export interface Emulator {
  /** The first API key, to pass to `faceVerify()` or `createFaceVerify()`. */
  readonly apiKey: string;
  /** The secret key of `apiKey`. */
  readonly secretKey: string;
  /**
   * Answers without a socket. Pass it as the `fetch` of a client.
   * A session's `url` starts with `publicUrl`, by default with the origin of the request.
   *
   * @throws {TypeError} (as a rejection) if a fault ends the connection; the signal's reason if it aborts.
   * @example
   * const client = createFaceVerify({ ...keys, fetch: emulator.fetch });
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Listens on a port. Needs Node, or a runtime with `node:http`.
   *
   * @throws {Error} (as a rejection) if it cannot listen, with the reason, such as a port that is taken.
   * @example
   * const { url, close } = await emulator.listen({ port: 4400 });
   */
  readonly listen: (options?: ListenOptions) => Promise<Listening>;
  /** The last 1,000 requests to the API, oldest first. */
  readonly received: readonly ReceivedRequest[];
  /** The last 10,000 sessions, oldest first, each with the outcome that was chosen on its page. */
  readonly sessions: readonly EmulatorSession[];
  /**
   * Makes the next request to the API fail, or the next `times` requests, whatever they contain.
   * Calls queue up.
   *
   * @throws {TypeError} or {RangeError} if the fault is not valid.
   * @example
   * emulator.failNext({ status: 503, headers: { 'retry-after': '1' } }, 2);
   */
  readonly failNext: (fault: Fault, times?: number) => void;
  /**
   * Makes every valid request with this identifier fail.
   *
   * @throws {TypeError} or {RangeError} if the fault is not valid.
   * @example
   * emulator.failFor('unlucky-user', 'stall');
   */
  readonly failFor: (uniqueIdentifier: string, fault: Fault) => void;
  /** Removes all received requests, sessions and faults. Ends requests in progress; keeps listening. */
  readonly reset: () => void;
}

/**
 * Creates an emulator. It opens no port until you call `listen()`.
 *
 * @throws {TypeError} if an option is not valid, naming it.
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
    received: new RequestLog(onRequest),
    faults: new FaultPlan(),
    sessions: new SessionStore(),
    resets: 0,
  };
  const app = createApp(state);
  const handler: Handler = (request, connection) => app.fetch(request, connection);
  const [[apiKey, secretKey] = ['', '']] = clients;

  return {
    apiKey,
    secretKey,
    received: state.received.list,
    sessions: state.sessions.list,
    fetch: (input, init) => fetchFrom(handler, input, init),
    async listen({ port = 0, hostname = '127.0.0.1' } = {}) {
      const { listen } = await import('./server.ts'); // Imported here only: everything else runs without Node.
      return listen(reportErrors(handler, state), { port, hostname, publicOrigin });
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
    if (isApiRequest(c.req.raw)) return handleApiRequest(c, state);
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
    throw error; // `fetch` passes it on to its caller, a port logs it.
  });
  return app;
}
