import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { hostileBody, message, sessionAnswer } from './answers.ts';
import type { AnswerHeaders, Exchange, Scenario } from './fault.ts';
import { openFullBacklog } from './full-backlog.ts';
import { headerOf, isSigned, type ReceivedRequest, takeRequest } from './received-request.ts';
import { SECRET_KEY } from './taints.ts';
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
  /** Requests that were sent elsewhere. */
  readonly strayed: number;
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

/** Starts a server on a free port of the loopback interface on which every call meets `fault`. */
export async function startFault(fault: Scenario): Promise<RunningFault> {
  const { place = 'http' } = fault;
  if (place === 'http' || place === 'https') return serve(fault, place);
  const nowhere = await NOWHERE[place]();
  return {
    origin: nowhere.origin,
    requests: [],
    report: () => ({ attempts: undefined, signatures: [], badSignatures: 0, overlaps: 0, openSockets: 0, strayed: 0 }),
    stop: nowhere.stop,
  };
}

const NOWHERE = {
  async 'nobody listening'() {
    // The port of a client's end of a connection: taken, so that no server gets it, but nobody listens.
    const server = await listen(net.createServer());
    const client = net.connect(portOf(server), '127.0.0.1');
    await once(client, 'connect');
    const stop = async (): Promise<void> => {
      client.destroy();
      await close(server);
    };
    return { origin: `http://127.0.0.1:${client.localPort}`, stop };
  },
  async 'unknown name'() {
    // A label may have 63 letters: the lookup fails on every machine, without asking the network.
    return { origin: `https://${'x'.repeat(64)}.invalid`, stop: async () => undefined };
  },
  async 'full backlog'() {
    const { port, stop } = await openFullBacklog();
    return { origin: `http://127.0.0.1:${port}`, stop };
  },
};

const KEPT_REQUESTS = 1_000;

/** Both ends of a connection learn of its end at different times. An attempt left alive lives longer. */
const NEWS_TRAVEL_MS = 20;

async function serve(fault: Scenario, scheme: 'http' | 'https'): Promise<RunningFault> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<net.Socket>();
  /** Connections on which an attempt waits for the rest of its answer. */
  const unanswered = new Set<net.Socket>();
  let warmUps = fault.warmUps ?? 0;
  let connections = 0;
  let arrived = 0;
  let badSignatures = 0;
  let overlaps = 0;

  const sinkHits = { count: 0 };
  const sink = await listen(
    net.createServer((socket) => {
      sinkHits.count++;
      socket.destroy();
    }),
  );

  const server = net.createServer((raw) => {
    connections++;
    sockets.add(raw);
    raw.on('error', () => undefined); // Resets are what this is about; 'close' follows.
    raw.on('end', () => unanswered.delete(raw)); // The client has hung up.
    raw.on('close', () => {
      sockets.delete(raw);
      unanswered.delete(raw);
    });
    if (fault.onConnection !== undefined) {
      beginAttempt(raw);
      raw.resume(); // Or the end of the connection would go unnoticed.
      fault.onConnection(raw);
    } else if (scheme === 'https') {
      const secure = new tls.TLSSocket(raw, { isServer: true, ...BAD_CERTIFICATE });
      secure.on('error', () => undefined); // The client refuses the certificate.
      receive(secure, raw);
    } else receive(raw, raw);
  });
  await listen(server);
  const origin = `${scheme}://127.0.0.1:${portOf(server)}`;

  function beginAttempt(socket: net.Socket): void {
    const before = [...unanswered].filter((other) => other !== socket);
    setTimeout(() => {
      if (before.some((other) => unanswered.has(other))) overlaps++;
    }, NEWS_TRAVEL_MS);
    unanswered.add(socket);
  }

  function receive(socket: net.Socket, raw: net.Socket): void {
    let received: Buffer = Buffer.alloc(0);
    let carried = 0;
    socket.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data]);
      for (let taken = takeRequest(received); taken !== undefined; taken = takeRequest(received)) {
        received = taken.rest;
        answer(taken.request, socket, raw, carried++ > 0);
      }
    });
  }

  function answer(request: ReceivedRequest, socket: net.Socket, raw: net.Socket, kept: boolean): void {
    if (warmUps > 0) {
      warmUps--;
      // Later than all of them have arrived, so that each keeps a connection of its own.
      setTimeout(() => socket.write(message(200, sessionAnswer(origin))), 50);
      return;
    }
    arrived++;
    if (requests.length < KEPT_REQUESTS) requests.push(request);
    if (!isSigned(request, SECRET_KEY)) badSignatures++;
    beginAttempt(raw);
    const exchange: Exchange = {
      socket,
      request,
      nth: arrived,
      kept,
      origin,
      sink: `http://127.0.0.1:${portOf(sink)}`,
      session: sessionAnswer(origin),
      get hostile() {
        return hostileBody(request, origin);
      },
      reply(status: number, body: string | Buffer, headers: AnswerHeaders = {}) {
        unanswered.delete(raw);
        socket.write(message(status, body, headers));
      },
    };
    fault.onRequest?.(exchange);
  }

  return {
    origin,
    requests,
    report: () => ({
      attempts: fault.onRequest === undefined ? connections : arrived,
      signatures: requests.map(({ head }) => headerOf(head, 'x-hmac-signature') ?? ''),
      badSignatures,
      overlaps,
      openSockets: sockets.size,
      strayed: sinkHits.count,
    }),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([close(server), close(sink)]);
    },
  };
}

async function listen(server: net.Server): Promise<net.Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function close(server: net.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return address.port;
}
