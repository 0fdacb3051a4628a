import type http from 'node:http';
import { ownField } from '../validation.ts';
import { builtin, loadHttp } from './node-builtin.ts';

const { scheduler } = builtin('node:timers/promises');

/** What node:http calls to give a request a connection; its types do not have it. */
type AddRequest = (this: http.Agent, request: http.ClientRequest, options: unknown) => void;

/** A kept connection is closed after this long without use, or earlier if the server says so. */
const IDLE_MS = 4_000;

/**
 * Node's own agent for a client's requests: by default it keeps 256 connections, and the last one used is the next.
 * A request that may get a kept connection waits for two turns of the event loop: an answer that nobody asked for may
 * be in the kernel already, and would become the answer to this request.
 */
export function createAgent(protocol: string, connectTimeoutMs: number, keepAlive: boolean): http.Agent {
  const { Agent, globalAgent } = loadHttp(protocol);
  const agent = new Agent({
    keepAlive,
    timeout: IDLE_MS,
    rejectUnauthorized: true, // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    ...proxyEnvOf(globalAgent),
    // Node's 250 ms for each address of a host are too short for a slow network.
    autoSelectFamilyAttemptTimeout: Math.max(250, Math.ceil(connectTimeoutMs / 3)),
  });
  // Safe: node:http calls this method of every agent.
  const { addRequest } = Agent.prototype as unknown as { readonly addRequest: AddRequest };
  let turns: Promise<void> | undefined; // Shared by the requests that come before the first of the two.
  const twoTurns = async (): Promise<void> => {
    await turnOfEventLoop();
    turns = undefined;
    await turnOfEventLoop();
  };
  const addRequestLater: AddRequest = async (request, options) => {
    await (turns ??= twoTurns());
    try {
      if (request.destroyed) end(request);
      else addRequest.call(agent, request, options);
    } catch (error) {
      // Safe: whatever was thrown ends this request. Thrown from here, it would end the process.
      end(request.destroy(error as Error));
    }
  };
  // The rest is not among the options, which Node copies for each request.
  return Object.assign(agent, {
    addRequest: addRequestLater,
    getName: () => '', // All requests are for one origin.
    maxSockets: Infinity, // Whatever Agent.defaultMaxSockets says.
    // A server that has come to dislike a session may refuse each connection that resumes it.
    maxCachedSessions: 0,
  });
}

/** From Node 24, the variables that name a proxy, where NODE_USE_ENV_PROXY or the app says that they count. */
function proxyEnvOf(globalAgent: http.Agent): http.AgentOptions {
  const proxyEnv = ownField(ownField(globalAgent, 'options'), 'proxyEnv');
  // Safe: it goes from one agent of Node to another.
  return proxyEnv === undefined ? {} : ({ proxyEnv } as http.AgentOptions);
}

/** Lets a request that was destroyed before it had a socket emit its error and `close`: nothing else does. */
function end(request: http.ClientRequest): void {
  // Safe: node:http does not use the socket of a request that was destroyed.
  request.onSocket(undefined as never);
}

/** Not setImmediate: fake timers of an app's tests replace it. Node's documentation calls this one experimental. */
export function turnOfEventLoop(): Promise<void> {
  return scheduler.yield();
}
