import type http from 'node:http';
import type https from 'node:https';
import type net from 'node:net';
import { FaceVerifyError } from '../failure.ts';
import { SIGNATURE_HEADER } from '../headers.ts';
import type { Settings } from '../options.ts';
import { Connections, hostOf } from './node-connections.ts';
import {
  type Answer,
  type Lost,
  MAX_ANSWER_BYTES,
  type Outcome,
  type Outgoing,
  reasonOf,
  type Sender,
  TOO_LARGE,
} from './platform.ts';

const { scheduler } = process.getBuiltinModule('node:timers/promises');

/** How often a custom agent may lend a used connection to a call that needs a new one. */
const MAX_DIALS = 300;

/** Sends over node:http(s): a quarter of the CPU of `fetch`, and it says whether anything was sent. */
export function createHttpSender(settings: Settings, fixedHeaders: Readonly<Record<string, string>>): Sender {
  const origin = new URL(settings.baseUrl);
  const secure = origin.protocol === 'https:';
  const { connectTimeoutMs } = settings;
  const custom = customAgent(settings, secure);
  const kept = new Connections(origin, true);
  const single = new Connections(origin, false);
  const { protocol, port } = origin;
  const hostname = hostOf(origin);
  const fixed = Object.entries(fixedHeaders);

  /** Loaded when first needed: TLS takes longer than the rest of this package. */
  let transport: typeof http | typeof https | undefined;

  function open({ method, target, signature, body }: Outgoing, ownConnection: boolean): http.ClientRequest {
    // A record and a method looked up late, since tracers and mocks replace the one and copy the other.
    const headers: Record<string, string> = { host: origin.host, 'accept-encoding': 'identity' };
    for (const [name, value] of fixed) headers[name] = value;
    headers[SIGNATURE_HEADER] = signature;
    headers['connection'] = ownConnection ? 'close' : 'keep-alive';
    // Without a length node:http would send an empty chunked body.
    if (method !== 'GET') headers['content-length'] = String(body === undefined ? 0 : Buffer.byteLength(body));
    const agent = custom ?? (ownConnection ? single : kept);
    transport ??= process.getBuiltinModule(secure ? 'node:https' : 'node:http');
    // Not `host`: a `hostname` of a polluted prototype would count before it.
    return transport.request({ protocol, hostname, port, method, path: target, headers, agent, setHost: false });
  }

  return {
    send: (outgoing, { number, repeatable, timeoutMs, signal }) =>
      new Promise((resolve) => {
        // A retry too, where the connections are ours: the server may have closed every kept one at once.
        const ownConnection = !repeatable || (number > 1 && custom === undefined);
        let request: http.ClientRequest;
        let response: http.IncomingMessage | undefined;
        let connecting: NodeJS.Timeout | undefined;
        let dials = 0;
        let notSent = true;
        let reason: string | undefined;
        /** Set by whoever ends the attempt before its answer is whole. */
        let ended: Answer | Lost['lost'] | undefined;

        const settle = (outcome: Outcome): void => {
          clearTimeout(timer);
          clearTimeout(connecting);
          signal?.removeEventListener('abort', onAbort);
          resolve(outcome);
        };
        const settleEnded = (): void => {
          if (typeof ended === 'object') settle(ended);
          else settle({ lost: ended ?? 'connection', notSent, reason });
        };
        const end = (why: Answer | Lost['lost']): void => {
          ended ??= why;
          if (dials === 0) {
            settleEnded();
            return;
          }
          request.destroy();
          // Without a connection there is nothing to close, and no event tells of it.
          if (request.socket === null) settleEnded();
        };
        const onAbort = (): void => end('aborted');
        const onTimeout = (): void => end('timeout');
        const onError = (error: unknown): void => {
          reason ??= reasonOf(error);
        };
        // The attempt counts as over only when its connection is: nothing of it can follow.
        const onClose = (): void => {
          if (ended === undefined && response?.complete === true) return; // Its end follows, or came before.
          settleEnded();
        };
        const onSocket = (socket: net.Socket): void => {
          if (!repeatable && request.reusedSocket) {
            // A custom agent lent a used connection. Nothing is written yet: drop it, take the next.
            request.off('close', onClose);
            request.destroy();
            dial();
          } else if (socket.connecting) {
            connecting = setTimeout(onTimeout, connectTimeoutMs);
            // A custom agent may connect without TLS, to a proxy of its own.
            socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
              notSent = false;
              clearTimeout(connecting);
            });
          } else if (!socket.destroyed) {
            notSent = false; // One that is destroyed by now is of an address that cannot be dialled at all.
          }
        };
        const onResponse = (incoming: http.IncomingMessage): void => {
          response = incoming;
          readAnswer(incoming, end, (answer) => {
            settle(answer);
            if (!request.writableFinished) void destroyUnlessWritten(request);
          });
          incoming.on('error', onError);
        };
        const dial = (): void => {
          try {
            if (++dials > MAX_DIALS) throw new Error('Only used connections are lent.');
            request = open(outgoing, ownConnection);
            request.on('error', onError);
            request.on('response', onResponse);
            request.on('socket', onSocket);
            request.on('close', onClose);
            request.end(outgoing.body);
          } catch (error) {
            // An agent that cannot serve this request throws before it connects.
            onError(error);
            settleEnded();
          }
        };

        const timer = setTimeout(onTimeout, timeoutMs);
        signal?.addEventListener('abort', onAbort);
        if (ended === undefined) dial(); // A signal that is not the runtime's own may have called at once.
      }),
    close() {
      kept.destroy();
      single.destroy();
    },
  };
}

/**
 * Destroys a request whose answer came before all of it was written: the connection cannot be used again. Over TLS Node
 * reports the end of a write up to one turn of the event loop late, so this looks again after that turn.
 */
async function destroyUnlessWritten(request: http.ClientRequest): Promise<void> {
  await scheduler.yield();
  if (!request.writableFinished) request.destroy();
}

/** Reads a whole answer, or ends the attempt where there is too much of it or it is compressed. */
function readAnswer(
  incoming: http.IncomingMessage,
  end: (answer: Answer) => void,
  finish: (answer: Answer) => void,
): void {
  const status = incoming.statusCode ?? 0;
  const retryAfter = header(incoming, 'retry-after');
  const encoding = header(incoming, 'content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    end({ status, retryAfter, body: undefined, unreadable: 'It is compressed.' });
    return;
  }
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) end({ status, retryAfter, body: undefined, unreadable: TOO_LARGE });
    else if (first === undefined) first = chunk;
    else (rest ??= [first]).push(chunk);
  });
  incoming.on('end', () => {
    if (size > MAX_ANSWER_BYTES) return; // Ended above; its last chunk may have been the one too many.
    const bytes = rest === undefined ? first : Buffer.concat(rest);
    finish({ status, retryAfter, body: bytes === undefined ? '' : bytes.toString('utf8') });
  });
}

/** A header, without the record of all of them that `incoming.headers` would build. */
function header({ rawHeaders }: http.IncomingMessage, name: string): string | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const candidate = rawHeaders[i];
    if (candidate?.length === name.length && candidate.toLowerCase() === name) return rawHeaders[i + 1];
  }
  return undefined;
}

function customAgent({ agent }: Settings, secure: boolean): http.Agent | undefined {
  if (agent === undefined) return undefined;
  // The constructor itself, not a subclass: agents for proxies extend http.Agent and serve both.
  if (secure && agent.constructor === process.getBuiltinModule('node:http').Agent) {
    throw new FaceVerifyError(
      'invalid_options',
      'agent is an http.Agent, but baseUrl is https: pass a new https.Agent(...).',
    );
  }
  // Safe: options.ts checked that it has the one method through which node:http uses an agent.
  return agent as http.Agent;
}
