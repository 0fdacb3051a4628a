import { Buffer } from 'node:buffer';
import { createHmac, createSecretKey } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { FaceVerifyError } from '../failure.ts';
import type { Settings } from '../options.ts';
import { createFetchSender } from './fetch.ts';
import {
  type Answer,
  type HmacSha256,
  type Lost,
  MAX_ANSWER_BYTES,
  type Outgoing,
  type Platform,
  reasonOf,
  type Sender,
} from './platform.ts';

const hmacSha256: HmacSha256 = (key) => {
  const prepared = createSecretKey(typeof key === 'string' ? Buffer.from(key) : key);
  return (head, body) => createHmac('sha256', prepared).update(head).update(body).digest('hex');
};

/** Sends over node:http(s): a quarter of the CPU of `fetch`, and it says whether anything was sent. */
function createHttpSender(settings: Settings): Sender {
  const origin = new URL(settings.baseUrl);
  const secure = origin.protocol === 'https:';
  const { Agent, request } = secure ? https : http;
  const custom = customAgent(settings, secure);
  const pooled = custom ?? new Agent({ keepAlive: true });
  const unpooled = custom ?? new Agent({ keepAlive: false });
  const destination = {
    protocol: origin.protocol,
    hostname: origin.hostname.replace(/^\[|\]$/g, ''),
    port: origin.port,
  };

  function open({ method, target, headers, body, ownConnection }: Outgoing): http.ClientRequest {
    const lines = ['host', origin.host, 'accept-encoding', 'identity'];
    for (const [name, value] of Object.entries(headers)) lines.push(name, value);
    // Without a length node:http would send an empty chunked body.
    if (method !== 'GET') lines.push('content-length', String(Buffer.byteLength(body ?? '')));
    lines.push('connection', ownConnection ? 'close' : 'keep-alive');
    const agent = ownConnection ? unpooled : pooled;
    return request({ ...destination, method, path: target, headers: lines, agent });
  }

  return {
    send: (outgoing) =>
      new Promise((resolve) => {
        exchange(outgoing, () => open(outgoing), secure, settings.connectTimeoutMs, resolve);
      }),
    close() {
      if (custom !== undefined) return;
      pooled.destroy();
      unpooled.destroy();
    },
  };
}

/** One attempt: from the dial to the last byte of the answer, or to the end of its connection. */
function exchange(
  outgoing: Outgoing,
  open: () => http.ClientRequest,
  secure: boolean,
  connectTimeoutMs: number,
  resolve: (outcome: Answer | Lost) => void,
): void {
  const { body, ownConnection, signal } = outgoing;
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
  const onError = (error: Error): void => {
    reason ??= reasonOf(error);
  };
  const onTimeout = (): void => end('timeout');

  const onSocket = (socket: NodeJS.Socket & { connecting?: boolean }): void => {
    if (socket.connecting !== true) {
      notSent = false;
      return;
    }
    connecting = setTimeout(onTimeout, connectTimeoutMs);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      notSent = false;
      clearTimeout(connecting);
    });
  };

  const onResponse = (incoming: http.IncomingMessage): void => {
    response = incoming;
    const status = incoming.statusCode ?? 0;
    const retryAfter = incoming.headers['retry-after'];
    const encoding = incoming.headers['content-encoding'];
    const unreadable = (why: Answer['unreadable']): void => {
      end({ status, retryAfter, body: undefined, unreadable: why });
    };
    if (encoding !== undefined && encoding !== 'identity') return unreadable('encoded');

    let first: Buffer | undefined;
    let rest: Buffer[] | undefined;
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) unreadable('too_large');
      else if (first === undefined) first = chunk;
      else (rest ??= [first]).push(chunk);
    });
    incoming.on('end', () => {
      const bytes = rest === undefined ? first : Buffer.concat(rest);
      settle({ status, retryAfter, body: bytes === undefined ? '' : bytes.toString('utf8') });
    });
    incoming.on('error', onError);
  };

  // The attempt counts as over only when its connection is: nothing of it can follow.
  const onClose = (): void => {
    if (ended === undefined && response?.complete === true) return; // 'end' follows.
    if (typeof ended === 'object') settle(ended);
    else settle({ lost: ended ?? 'connection', notSent, reason });
  };

  const dial = (): void => {
    request = open();
    request.on('error', onError);
    request.on('response', onResponse);
    request.on('socket', (socket) => {
      if (ownConnection && request.reusedSocket) {
        // A custom agent lent a used connection. Nothing is written yet: drop it, take the next.
        request.off('close', onClose);
        request.destroy();
        dial();
      } else onSocket(socket);
    });
    request.on('close', onClose);
    request.end(body);
  };

  const timer = setTimeout(onTimeout, outgoing.timeoutMs);
  try {
    dial();
    signal?.addEventListener('abort', onAbort);
  } catch (error) {
    // An agent that cannot serve this protocol throws before it connects.
    settle({ lost: 'connection', notSent, reason: reasonOf(error) });
  }
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

export const platform: Platform = {
  hmacSha256,
  createSender: (settings) =>
    settings.fetch === undefined ? createHttpSender(settings) : createFetchSender(settings),
};
