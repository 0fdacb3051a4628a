import net from 'node:net';
import tls from 'node:tls';
import { hostileBody, message, sessionAnswer } from './answers.ts';
import type { Behavior } from './fault.ts';
import { close, listen } from '../../support/listen.ts';
import { UNREACHABLE_HOSTS } from '../../support/unreachable-host.ts';
import { headerOf, isSigned, type ReceivedRequest, takeRequest } from './received-request.ts';
import { type TrapServer, startTrapServer } from './trap-server.ts';
import { SECRET_KEY } from './secrets.ts';
import { BAD_CERTIFICATE } from './tls/bad-certificate.ts';

/** What a fault's server saw. */
export interface Report {
  /**
   * How often the client tried, warm-ups left out: whole requests, or connections where the fault
   * strikes before a request. `undefined` where there is no server that could count.
   */
  readonly attempts: number | undefined;
  /** The signatures of the first thousand requests. */
  readonly signatures: readonly string[];
  /** Requests whose signature is wrong. */
  readonly badSignatures: number;
  /** Attempts that began while the one before still had its connection. */
  readonly overlaps: number;
  /** Connections that the client has not given back. */
  readonly openSockets: number;
  /** Connections that were made elsewhere. */
  readonly strayed: number;
  /** Signatures that arrived there. */
  readonly strayedSignatures: number;
}

/** A fault that waits for its client. */
export interface RunningFault {
  /** Where the client is to be sent. */
  readonly origin: string;
  /** The first thousand requests, warm-ups left out. */
  readonly requests: readonly ReceivedRequest[];
  report(): Report;
  stop(): Promise<void>;
}

const NOTHING_SEEN: Report = {
  attempts: undefined,
  signatures: [],
  badSignatures: 0,
  overlaps: 0,
  openSockets: 0,
  strayed: 0,
  strayedSignatures: 0,
};

/** Starts a server on a free port of the loopback interface on which every call meets `behavior`. */
export async function startFault(behavior: Behavior): Promise<RunningFault> {
  const { place = 'http' } = behavior;
  if (place !== 'http' && place !== 'https') {
    const { origin, close: stop } = await UNREACHABLE_HOSTS[place]();
    return { origin, stop, requests: [], report: () => NOTHING_SEEN };
  }
  const trap = await startTrapServer();
  const faultServer = new FaultServer(behavior, place, trap.origin);
  await faultServer.listen();
  return {
    origin: faultServer.origin,
    requests: faultServer.requests,
    report: () => ({ ...faultServer.report(), strayed: trap.connections(), strayedSignatures: trap.signatures() }),
    async stop() {
      await Promise.all([faultServer.stop(), trap.stop()]);
    },
  };
}

const KEPT_REQUESTS = 1_000;
/** Later than all warm-ups have arrived, so that each keeps a connection of its own. */
const WARM_UP_MS = 50;
/** Both ends of a connection learn of its end at different times. An attempt left alive lives longer. */
const NEWS_TRAVEL_MS = 20;

class FaultServer {
  origin = '';
  readonly requests: ReceivedRequest[] = [];
  readonly #behavior: Behavior;
  readonly #scheme: 'http' | 'https';
  readonly #trap: TrapServer['origin'];
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  /** Connections on which an attempt waits for the rest of its answer. */
  readonly #unanswered = new Set<net.Socket>();
  #warmUps: number;
  #connections = 0;
  #arrived = 0;
  #badSignatures = 0;
  #overlaps = 0;

  constructor(behavior: Behavior, scheme: 'http' | 'https', trap: TrapServer['origin']) {
    this.#behavior = behavior;
    this.#scheme = scheme;
    this.#trap = trap;
    this.#warmUps = behavior.warmUps ?? 0;
    this.#server = net.createServer((socket) => this.#connected(socket));
  }

  async listen(): Promise<void> {
    this.origin = `${this.#scheme}://127.0.0.1:${await listen(this.#server)}`;
  }

  report(): Omit<Report, 'strayed' | 'strayedSignatures'> {
    return {
      attempts: this.#behavior.onRequest === undefined ? this.#connections : this.#arrived,
      signatures: this.requests.map(({ head }) => headerOf(head, 'x-hmac-signature') ?? ''),
      badSignatures: this.#badSignatures,
      overlaps: this.#overlaps,
      openSockets: this.#sockets.size,
    };
  }

  async stop(): Promise<void> {
    await close(this.#server, this.#sockets);
  }

  #connected(raw: net.Socket): void {
    const { onConnection } = this.#behavior;
    this.#connections++;
    this.#sockets.add(raw);
    raw.on('error', () => undefined); // Resets are what this is about; 'close' follows.
    raw.on('end', () => this.#unanswered.delete(raw)); // The client has hung up.
    raw.on('close', () => {
      this.#sockets.delete(raw);
      this.#unanswered.delete(raw);
    });
    if (onConnection !== undefined) {
      this.#beginAttempt(raw);
      raw.resume(); // Or the end of the connection would go unnoticed.
      onConnection(raw);
    } else if (this.#scheme === 'https') {
      const secure = new tls.TLSSocket(raw, { isServer: true, ...BAD_CERTIFICATE });
      secure.on('error', () => undefined); // The client refuses the certificate.
      this.#receive(secure, raw);
    } else this.#receive(raw, raw);
  }

  /** Cuts what arrives into requests. */
  #receive(socket: net.Socket, raw: net.Socket): void {
    let received: Buffer = Buffer.alloc(0);
    let carried = 0;
    socket.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data]);
      for (let taken = takeRequest(received); taken !== undefined; taken = takeRequest(received)) {
        received = taken.rest;
        this.#answer(taken.request, socket, raw, carried > 0);
        carried++;
      }
    });
  }

  #answer(request: ReceivedRequest, socket: net.Socket, raw: net.Socket, kept: boolean): void {
    const { origin } = this;
    const session = sessionAnswer(origin);
    if (this.#warmUps > 0) {
      this.#warmUps--;
      setTimeout(() => socket.write(message(200, session)), WARM_UP_MS);
      return;
    }
    this.#arrived++;
    if (this.requests.length < KEPT_REQUESTS) this.requests.push(request);
    if (!isSigned(request, SECRET_KEY)) this.#badSignatures++;
    this.#beginAttempt(raw);
    this.#behavior.onRequest?.({
      socket,
      request,
      nth: this.#arrived,
      kept,
      origin,
      trap: this.#trap,
      session,
      get hostile() {
        return hostileBody(request, origin);
      },
      reply: (status, body, headers) => {
        this.#unanswered.delete(raw);
        socket.write(message(status, body, headers));
      },
    });
  }

  #beginAttempt(socket: net.Socket): void {
    const before = [...this.#unanswered].filter((other) => other !== socket);
    setTimeout(() => {
      if (before.some((other) => this.#unanswered.has(other))) this.#overlaps++;
    }, NEWS_TRAVEL_MS);
    this.#unanswered.add(socket);
  }
}
