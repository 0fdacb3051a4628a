import type http from 'node:http';
import type https from 'node:https';
import type net from 'node:net';
import { onAbort } from '../cancellation.ts';
import { Failure, type FailureCode, type FailureFacts } from '../errors.ts';
import { type HttpResponse, MAX_BODY_BYTES, TOO_LARGE, unusable } from '../response.ts';
import { invalidOption, ownField } from '../validation.ts';
import { createAgent, turnOfEventLoop } from './node-agent.ts';
import { builtin, loadHttp } from './node-builtin.ts';
import {
  type AttemptOptions,
  connectionFacts,
  type OutgoingRequest,
  type Transport,
  type TransportSettings,
} from './platform.ts';

/** Deno sends a POST again by itself if a kept connection turns out to be closed. */
const IS_DENO = 'Deno' in globalThis;

/** How many used connections an agent of the user's own may give to a call that needs a new one. */
const MAX_USED_CONNECTIONS = 300;

/** Sends over node:http or node:https: a quarter of the CPU of `fetch`, and it tells whether anything was sent. */
export function createHttpTransport(settings: TransportSettings): Transport {
  const { protocol, hostname, port } = new URL(settings.baseUrl);
  const host = hostname.replace(/^\[|\]$/g, ''); // An IPv6 address has brackets in a URL only.
  const { connectTimeoutMs } = settings;
  const customAgent = readAgent(settings, protocol);
  // Created for the first request: loading TLS takes longer than loading this package.
  let agents: { readonly kept: http.Agent; readonly single: http.Agent } | undefined;
  let transport: typeof http | typeof https | undefined;

  function agentFor(needsNewConnection: boolean): http.Agent {
    if (customAgent !== undefined) return customAgent;
    agents ??= {
      kept: createAgent(protocol, connectTimeoutMs, true),
      single: createAgent(protocol, connectTimeoutMs, false),
    };
    return needsNewConnection ? agents.single : agents.kept;
  }

  function open({ method, target, headers, body }: OutgoingRequest, needsNewConnection: boolean): http.ClientRequest {
    // Looked up for each request, since tracers and mocks replace `request`.
    transport ??= loadHttp(protocol);
    const sent = Object.assign({ 'accept-encoding': 'identity' } as Record<string, string>, headers);
    // Node itself writes no length for a DELETE.
    if (body !== undefined) sent['content-length'] = String(Buffer.byteLength(body));
    if (needsNewConnection) sent['connection'] = 'close';
    return transport.request({
      protocol,
      hostname: host,
      port,
      method,
      path: target,
      agent: agentFor(needsNewConnection),
      headers: sent,
    });
  }

  /** One attempt, from its connection to its answer. */
  function send(outgoing: OutgoingRequest, options: AttemptOptions): Promise<HttpResponse | Failure> {
    const { isRetry, repeatable, timeoutMs, signal } = options;
    // A retry too, with our own agents: the server may have closed all kept connections at once.
    const needsNewConnection = !repeatable || IS_DENO || (isRetry && customAgent === undefined);
    return new Promise((resolve) => {
      let request: http.ClientRequest | undefined;
      let usedConnections = 0;
      let notSent = true;
      let isOver = false;
      let connectTimer: NodeJS.Timeout | undefined;

      const connect = (): void => {
        let response: http.IncomingMessage | undefined;
        try {
          const current = open(outgoing, needsNewConnection);
          request = current;
          current.on('socket', (socket) => onSocket(current, socket));
          current.on('response', (incoming) => {
            response = incoming;
            notSent = false;
            incoming.on('error', onError);
            if (customAgent !== undefined && isOfProxy(incoming, protocol)) settle(refusedByProxy(incoming));
            else readResponse(incoming, settle);
          });
          // After a complete response, its `end` settles the attempt, whatever the connection does then.
          const isOpen = (): boolean => request === current && response?.complete !== true;
          current.on('error', (error) => {
            if (isOpen()) onError(error);
          });
          current.on('close', () => {
            if (isOpen()) fail('connection');
          });
          current.end(outgoing.body);
        } catch (error) {
          onError(error); // An agent that cannot serve this request throws.
        }
      };
      const onSocket = (current: http.ClientRequest, socket: net.Socket): void => {
        if (!repeatable && current.reusedSocket && usedConnections++ < MAX_USED_CONNECTIONS) {
          connect(); // Nothing is written yet: this connection is dropped, and the next one tried.
          current.destroy();
        } else if (socket.connecting) {
          connectTimer = setTimeout(() => fail('timeout'), connectTimeoutMs);
          // An agent of the user's own may connect to its proxy without TLS, or make a TLSSocket by hand, which does
          // not emit `secureConnect`. One of tls.connect() is destroyed by now if its certificate is not trusted.
          socket.once('encrypted' in socket ? 'secure' : 'connect', () => {
            if (!socket.destroyed) onSent();
          });
        } else if (!socket.destroyed) {
          notSent = false; // A socket is destroyed by now if its address cannot be connected to at all.
        }
      };
      const onSent = (): void => {
        notSent = false;
        clearTimeout(connectTimer);
      };
      const onError = (error: unknown): void => fail('connection', connectionFacts(error, customAgent && 'agent'));
      const fail = (code: FailureCode, facts?: FailureFacts): void => settle(new Failure(code, { notSent, ...facts }));

      /** The only end of an attempt: the first call decides, and waits for no further event. */
      const settle = (result: HttpResponse | Failure): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        clearTimeout(connectTimer);
        unsubscribe();
        if (result instanceof Failure) {
          destroy(request);
          void turnOfEventLoop().then(() => resolve(result)); // Then its connection is closed.
        } else {
          resolve(result);
          if (request?.writableFinished === false) void destroyUnlessWritten(request);
        }
      };

      const timer = setTimeout(() => fail('timeout'), timeoutMs);
      const unsubscribe = onAbort(signal, () => fail('aborted'));
      connect();
    });
  }

  return {
    send,
    close() {
      for (const agent of Object.values(agents ?? {})) {
        agent.maxFreeSockets = 0;
        for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      }
    },
  };
}

/**
 * Whether a response came from an agent's proxy that refused to connect: agents for proxies give it a socket that was
 * never connected, and pass it on as if the vendor had sent it. Without TLS, anyone on the way may have written it.
 */
function isOfProxy({ socket }: http.IncomingMessage, protocol: string): boolean {
  return protocol === 'https:' && !('encrypted' in socket) && socket.pending;
}

function refusedByProxy({ statusCode }: http.IncomingMessage): Failure {
  const advice = `The proxy of the agent option answered with status ${statusCode} and did not connect: check its address, its credentials, and that it allows this host.`;
  return new Failure('connection', { notSent: true, advice });
}

/** An agent of the user's own may give a socket that throws. */
function destroy(request: http.ClientRequest | undefined): void {
  try {
    request?.destroy();
  } catch {
    // The attempt is over all the same.
  }
}

/** Reads the whole body of a response, unless there is too much of it or it is compressed. */
function readResponse(incoming: http.IncomingMessage, settle: (result: HttpResponse | Failure) => void): void {
  const { statusCode: status = 0, headers } = incoming;
  const retryAfter = headers['retry-after'];
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    settle(unusable({ status, retryAfter }, 'The answer is compressed.'));
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer | string) => {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) settle(unusable({ status, retryAfter }, TOO_LARGE));
    else chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk); // A mock may give text.
  });
  incoming.on('end', () => settle({ status, retryAfter, body: Buffer.concat(chunks).toString() }));
}

/**
 * Destroys a request that was answered before all of it was written: its connection cannot be used again. Over TLS, Node
 * reports the end of a write up to one turn of the event loop late.
 */
async function destroyUnlessWritten(request: http.ClientRequest): Promise<void> {
  await turnOfEventLoop();
  if (!request.writableFinished) destroy(request);
}

function readAgent({ agent }: TransportSettings, protocol: string): http.Agent | undefined {
  if (agent === undefined) return undefined;
  // Exactly this class, not one that extends it: agents for proxies do, and serve both protocols.
  if (protocol === 'https:' && agent.constructor === builtin('node:http').Agent) {
    throw invalidOption('agent', 'is an http.Agent, but baseUrl is https. Pass a new https.Agent(...)');
  }
  if (IS_DENO && ownField(agent, 'keepAlive') === true) {
    throw invalidOption('agent', 'keeps connections, over which Deno sends a POST again. Pass one without keepAlive');
  }
  // Safe: options.ts has checked that it has the one method by which node:http uses an agent.
  return agent as http.Agent;
}
