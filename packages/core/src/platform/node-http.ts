import { Buffer } from 'node:buffer';
import http from 'node:http';
import type net from 'node:net';
import { FaceVerifyError } from '../failure.ts';
import { SIGNATURE_HEADER } from '../headers.ts';
import type { Settings } from '../options.ts';
import { Connections, hostOf } from './node-connections.ts';
import { type Answer, type Lost, MAX_ANSWER_BYTES, type Outgoing, reasonOf, type Sender } from './platform.ts';

/** Sends over node:http: a quarter of the CPU of `fetch`, and it says whether anything was sent. */
export function createHttpSender(settings: Settings, fixedHeaders: Readonly<Record<string, string>>): Sender {
  const origin = new URL(settings.baseUrl);
  const secure = origin.protocol === 'https:';
  const { connectTimeoutMs } = settings;
  const custom = customAgent(settings, secure);
  const kept = new Connections(origin, true);
  const single = new Connections(origin, false);
  const { protocol, port } = origin;
  const host = hostOf(origin);
  const fixed = Object.entries({ host: origin.host, 'accept-encoding': 'identity', ...fixedHeaders }).flat();

  function open({ method, target, signature, body }: Outgoing, ownConnection: boolean): http.ClientRequest {
    // As a flat list: node:http checks and lower-cases a record entry by entry.
    const headers = [...fixed, SIGNATURE_HEADER, signature, 'connection', ownConnection ? 'close' : 'keep-alive'];
    // Without a length node:http would send an empty chunked body.
    if (method !== 'GET') headers.push('content-length', String(body === undefined ? 0 : Buffer.byteLength(body)));
    const agent = custom ?? (ownConnection ? single : kept);
    return http.request({ protocol, host, port, method, path: target, headers, agent, setHost: false });
  }

  return {
    send: (outgoing, ownConnection, timeoutMs, signal) =>
      new Promise((resolve) => {
        let request: http.ClientRequest;
        let response: http.IncomingMessage | undefined;
        let connecting: NodeJS.Timeout | undefined;
        let notSent = true;
        let reason: string | undefined;
        /** Set by whoever ends the attempt before its answer is whole. */
        let ended: Answer | Lost['lost'] | undefined;

        const settle = (outcome: Answer | Lost): void => {
          clearTimeout(timer);
          clearTimeout(connecting);
          signal?.removeEventListener('abort', onAbort);
          resolve(outcome);
        };
        const end = (why: Answer | Lost['lost']): void => {
          ended ??= why;
          request.destroy();
        };
        const onAbort = (): void => end('aborted');
        const onTimeout = (): void => end('timeout');
        const onError = (error: Error): void => {
          reason ??= reasonOf(error);
        };
        // The attempt counts as over only when its connection is: nothing of it can follow.
        const onClose = (): void => {
          if (ended === undefined && response?.complete === true) return; // Its end follows, or came before.
          if (typeof ended === 'object') settle(ended);
          else settle({ lost: ended ?? 'connection', notSent, reason });
        };
        const onSocket = (socket: net.Socket): void => {
          if (ownConnection && request.reusedSocket) {
            // A custom agent lent a used connection. Nothing is written yet: drop it, take the next.
            request.off('close', onClose);
            request.destroy();
            dial();
          } else if (socket.connecting) {
            connecting = setTimeout(onTimeout, connectTimeoutMs);
            socket.once(secure ? 'secureConnect' : 'connect', () => {
              notSent = false;
              clearTimeout(connecting);
            });
          } else notSent = false;
        };
        const onResponse = (incoming: http.IncomingMessage): void => {
          response = incoming;
          readAnswer(incoming, settle, end);
          incoming.on('error', onError);
        };
        const dial = (): void => {
          request = open(outgoing, ownConnection);
          request.on('error', onError);
          request.on('response', onResponse);
          request.on('socket', onSocket);
          request.on('close', onClose);
          request.end(outgoing.body);
        };

        const timer = setTimeout(onTimeout, timeoutMs);
        try {
          dial();
          signal?.addEventListener('abort', onAbort);
        } catch (error) {
          // An agent that cannot serve this protocol throws before it connects.
          settle({ lost: 'connection', notSent, reason: reasonOf(error) });
        }
      }),
    close() {
      kept.destroy();
      single.destroy();
    },
  };
}

/** Reads a whole answer, or ends the attempt where there is too much of it or it is compressed. */
function readAnswer(
  incoming: http.IncomingMessage,
  settle: (answer: Answer) => void,
  end: (answer: Answer) => void,
): void {
  const status = incoming.statusCode ?? 0;
  const retryAfter = header(incoming, 'retry-after');
  const encoding = header(incoming, 'content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    end({ status, retryAfter, body: undefined, unreadable: 'encoded' });
    return;
  }
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) end({ status, retryAfter, body: undefined, unreadable: 'too_large' });
    else if (first === undefined) first = chunk;
    else (rest ??= [first]).push(chunk);
  });
  incoming.on('end', () => {
    if (size > MAX_ANSWER_BYTES) return; // Ended above; its last chunk may have been the one too many.
    const bytes = rest === undefined ? first : Buffer.concat(rest);
    settle({ status, retryAfter, body: bytes === undefined ? '' : bytes.toString('utf8') });
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
  if (secure && agent.constructor === http.Agent) {
    throw new FaceVerifyError(
      'invalid_options',
      'agent is an http.Agent, but baseUrl is https: pass a new https.Agent(...).',
    );
  }
  // Safe: options.ts checked that it has the one method through which node:http uses an agent.
  return agent as http.Agent;
}
