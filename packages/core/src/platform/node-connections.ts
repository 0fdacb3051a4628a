import type http from 'node:http';
import type { Socket } from 'node:net';

// Asked for, not imported: for an ES module Node wraps every export of a module that it imports, a third of a
// millisecond each. Tracers hook both ways (require-in-the-middle since 7.4).
const { Agent } = process.getBuiltinModule('node:http');
const net = process.getBuiltinModule('node:net');
const { scheduler } = process.getBuiltinModule('node:timers/promises');

/** An idle connection is used again for this long, unless the server names its own limit. */
const IDLE_MS = 4_000;
const MAX_IDLE_MS = 60_000;
const MAX_IDLE = 256;

interface Idle {
  readonly socket: Socket;
  readonly since: number;
  /** More bytes than these mean that the server spoke without being asked. */
  readonly bytesRead: number;
}

/** The name or address to connect to: an IPv6 address stands in brackets in a URL only. */
export function hostOf(origin: URL): string {
  return origin.hostname.replace(/^\[|\]$/g, '');
}

/**
 * The connections to one origin, in the shape of an agent. http.Agent serves any number of origins
 * and pays for that with a name and a copy of the options for each request.
 */
export class Connections extends Agent {
  readonly #origin: URL;
  readonly #host: string;
  #idle: Idle[] = [];
  /** Requests that have yet to get their connection. */
  #waiting = 0;
  #idleMs = IDLE_MS;
  /** Resumes TLS, so that a connection of its own costs a call one round trip less. */
  #session: Buffer | undefined;
  #closed = false;

  constructor(origin: URL, keepAlive: boolean) {
    super({ keepAlive });
    this.#origin = origin;
    this.#host = hostOf(origin);
    // What node:http(s), and tools that stand in for it, look for; not in the types.
    const { protocol } = origin;
    Object.assign(this, { protocol, defaultPort: protocol === 'https:' ? 443 : 80 });
  }

  /**
   * Called by node:http to give a request its connection: once all answers that have arrived are read. Calls that
   * follow them then go out together and the server is woken once for all: measured on Node 20 with 32 calls in
   * flight, a call costs 1.33 times that of undici if its request goes out at once, and 0.74 times if it waits for this.
   */
  addRequest(request: http.ClientRequest): void {
    this.#waiting++;
    // Not setImmediate: the fake timers of an app's tests replace it, and those installed before this file was loaded would
    // stay. This is the same turn of Node's own; its documentation calls it experimental.
    void scheduler.yield().then(() => {
      this.#waiting--;
      let socket: Socket | undefined;
      try {
        if (!request.destroyed) socket = this.#connectionFor(request);
      } catch (error) {
        // Safe: whatever it is, it ends this request; thrown from here it would end the process.
        request.destroy(error as Error);
      }
      request.onSocket(socket as Socket); // Safe: of a request that was given up Node only tells that it is over.
      // Of those for which idle connections were kept, some may have been given up.
      while (this.#idle.length > MAX_IDLE + this.#waiting) this.#idle.shift()?.socket.destroy();
    });
  }

  #connectionFor(request: http.ClientRequest): Socket {
    const idle = this.#takeIdle();
    if (idle !== undefined) {
      request.reusedSocket = true;
      return idle;
    }
    const socket = this.#open();
    let answered = false;
    request.once('response', ({ headers }) => {
      answered = true;
      this.#readLimit(headers['keep-alive']);
    });
    socket.once('close', () => {
      // A server that no longer likes the session may refuse to talk at all: the next starts anew.
      if (!answered) this.#session = undefined;
    });
    return socket;
  }

  /** Called by tools that stand in for node:http: what they open must be as safe as what we open. */
  override createConnection(): Socket {
    return this.#open();
  }

  override destroy(): void {
    this.#closed = true;
    for (const { socket } of this.#idle.splice(0)) socket.destroy();
    super.destroy();
  }

  #open(): Socket {
    const host = this.#host;
    const secure = this.#origin.protocol === 'https:';
    const port = Number(this.#origin.port || (secure ? 443 : 80));
    const path = undefined; // Else that of a polluted prototype would be a socket to connect to instead.
    // Loaded when first needed: it is half of what importing this package would cost.
    const socket = secure
      ? process.getBuiltinModule('node:tls').connect({
          host,
          port,
          path,
          servername: net.isIP(host) === 0 ? host : '',
          ALPNProtocols: ['http/1.1'],
          rejectUnauthorized: true, // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
          ...(this.#session !== undefined && { session: this.#session }),
        })
      : net.connect({ host, port, path });
    socket.setNoDelay(true);
    socket.on('session', (session: Buffer) => {
      this.#session = session;
    });
    socket.on('free', () => this.#keep(socket));
    socket.on('error', () => undefined); // While it is used its request hears of it; idle it just goes.
    socket.on('close', (failed: boolean) => {
      if (failed) this.#session = undefined; // A server that no longer likes it may refuse to talk at all.
      this.#idle = this.#idle.filter((idle) => idle.socket !== socket);
    });
    return socket;
  }

  #keep(socket: Socket): void {
    if (this.#closed || !socket.writable || this.#idle.length >= MAX_IDLE + this.#waiting) {
      socket.destroy();
      return;
    }
    socket.unref(); // It must not keep a process alive that is done.
    const now = performance.now();
    this.#idle.push({ socket, since: now, bytesRead: socket.bytesRead });
    // The first has been idle the longest: after a burst they go one by one.
    const first = this.#idle[0];
    if (first !== undefined && now - first.since >= this.#idleMs) {
      this.#idle.shift();
      first.socket.destroy();
    }
  }

  /** The connection used last: of them all it is the least likely to be closed by the server. */
  #takeIdle(): Socket | undefined {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      const { socket, since, bytesRead } = idle;
      if (socket.writable && socket.bytesRead === bytesRead && performance.now() - since < this.#idleMs) {
        socket.ref();
        return socket;
      }
      socket.destroy();
    }
    return undefined;
  }

  /** The limit that the server named last, less a second for the way. Source: the Keep-Alive header of RFC 2068. */
  #readLimit(header: string | string[] | undefined): void {
    const seconds = typeof header === 'string' ? /\btimeout=(\d+)/i.exec(header)?.[1] : undefined;
    this.#idleMs = seconds === undefined ? IDLE_MS : Math.min(Math.max(Number(seconds) * 1000 - 1000, 0), MAX_IDLE_MS);
  }
}
