import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CERTIFICATE } from './paths.mjs';
import { CURRENT } from './runtimes.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** A child process that is asked one thing at a time. It trusts the upstream's certificate. */
export class Child {
  /** @readonly */
  #process;
  /** @readonly */
  #name;
  #waiting;
  /** @type {Error | undefined} */
  #ended;

  constructor(script, args, execArgv, runtime) {
    this.#name = [script, ...args].join(' ');
    this.#process = fork(path(script), args, {
      execPath: runtime.execPath,
      execArgv: [...runtime.execArgv, ...execArgv],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: CERTIFICATE },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
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
  async start(script, args = [], execArgv = [], runtime = CURRENT) {
    const child = new Child(script, args, execArgv, runtime);
    this.#all.push(child);
    return { child, report: await child.next() };
  }

  /** A worker that runs the calls of one module. */
  async worker(module, baseUrl, execArgv, runtime) {
    const { child, report } = await this.start('./worker.mjs', [path(`../${module}`), baseUrl], execArgv, runtime);
    return { ask: (message) => child.ask(message), report };
  }

  /**
   * The upstream: `url` and `httpsUrl` answer at once, `slowUrl` after 200 ms. `connections()` is the number of
   * connections that all three have accepted so far.
   */
  async upstream() {
    const { child, report } = await this.start('./upstream.mjs');
    return { ...report, connections: async () => (await child.ask({})).connections };
  }

  end() {
    for (const child of this.#all) child.end();
  }
}

/** Runs a script once and gives its one message. */
export async function once(script, args, execArgv = [], runtime = CURRENT) {
  const child = new Child(script, args, execArgv, runtime);
  try {
    return await child.next();
  } finally {
    child.end();
  }
}
