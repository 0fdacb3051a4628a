import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** A child process that is asked one thing at a time. */
export class Child {
  /** @readonly */
  #process;
  /** @readonly */
  #name;
  #waiting;
  /** @type {Error | undefined} */
  #ended;

  constructor(script, args, execArgv) {
    this.#name = [script, ...args].join(' ');
    this.#process = fork(path(script), args, { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#process.on('message', (message) => {
      if (message.error === undefined) this.#waiting?.resolve(message);
      else this.#waiting?.reject(new Error(`${this.#name}: ${message.error}`));
    });
    this.#process.on('exit', (code) => {
      this.#ended = new Error(`${this.#name} ended with code ${code}`);
      this.#waiting?.reject(this.#ended);
    });
  }

  /** The next message of the child. */
  next() {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  ask(message) {
    const answer = this.next();
    this.#process.send(message);
    return answer;
  }

  end() {
    if (this.#process.connected) this.#process.disconnect();
  }
}

/** The children of one comparison, all ended with it. */
export class Children {
  /** @readonly */
  #all = [];

  /** Starts a script that reports once it is ready. */
  async start(script, args = [], execArgv = []) {
    const child = new Child(script, args, execArgv);
    this.#all.push(child);
    return { child, report: await child.next() };
  }

  /** A worker with one module of contestants. */
  async worker(module, baseUrl, execArgv) {
    const { child, report } = await this.start('./worker.mjs', [path(`../${module}`), baseUrl], execArgv);
    return { ask: (message) => child.ask(message), report };
  }

  /** The upstream: one address that answers at once, one that answers after 200 ms. */
  async upstream() {
    const { report } = await this.start('./upstream.mjs');
    return { url: `http://127.0.0.1:${report.port}`, slowUrl: `http://127.0.0.1:${report.slowPort}` };
  }

  end() {
    for (const child of this.#all) child.end();
  }
}

/** Runs a script once and gives its one message. */
export async function once(script, args, execArgv = []) {
  const child = new Child(script, args, execArgv);
  try {
    return await child.next();
  } finally {
    child.end();
  }
}
