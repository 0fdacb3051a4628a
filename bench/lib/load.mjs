// Sends requests to a web application as fast as it answers, over kept connections, from a process of its own:
// the parent sends { port, request: { method, path }, requests, connections }, the answer has the wall time.
// Any status but 200 is an error.
import { connect } from 'node:net';

const pools = new Map();

/** One connection with one request at a time. */
class Connection {
  /** @readonly */
  #socket;
  #held = Buffer.alloc(0);
  #done;

  constructor(port) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#done?.reject(error));
    this.#socket.on('close', () => this.#done?.reject(new Error('the application closed the connection')));
  }

  send(bytes) {
    return new Promise((resolve, reject) => {
      this.#done = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  #read(chunk) {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const end = this.#held.indexOf('\r\n\r\n');
    if (end === -1) return;
    const head = this.#held.latin1Slice(0, end + 2);
    if (!head.startsWith('HTTP/1.1 200 ')) {
      this.#done.reject(new Error(this.#held.toString()));
      return;
    }
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const whole =
      length === undefined
        ? this.#held.indexOf('0\r\n\r\n', end + 4) !== -1
        : this.#held.length >= end + 4 + Number(length);
    if (!whole) return;
    this.#held = Buffer.alloc(0);
    this.#done.resolve();
  }
}

process.on('message', async ({ port, request: { method, path }, requests, connections }) => {
  try {
    const pool = pools.get(port) ?? Array.from({ length: connections }, () => new Connection(port));
    pools.set(port, pool);
    // The requests of 100 users, serialized once.
    const serialized = Array.from({ length: 100 }, (_, user) =>
      Buffer.from(
        `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: bench\r\nAccept: application/json\r\n` +
          `X-User: user-${user}\r\n${method === 'POST' ? 'Content-Length: 0\r\n' : ''}\r\n`,
      ),
    );
    let next = 0;
    const began = performance.now();
    await Promise.all(
      pool.map(async (connection) => {
        for (let n = next++; n < requests; n = next++) await connection.send(serialized[n % serialized.length]);
      }),
    );
    process.send({ wallMs: performance.now() - began });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });
