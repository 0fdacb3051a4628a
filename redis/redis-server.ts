import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** A Redis that can be taken away. It keeps nothing on disk. */
export interface RedisServer {
  readonly url: string;
  /** Starts it again on the same port, empty. */
  start(): Promise<void>;
  /** It keeps its connections, and does not answer. */
  freeze(): void;
  kill(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  let process: ChildProcess;
  const start = async (): Promise<void> => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', tmpdir()];
    process = spawn('redis-server', args, { stdio: 'ignore' });
    while (!(await accepts(port))) {
      if (process.exitCode !== null) throw new Error(`redis-server ended with ${process.exitCode}`);
      await wait(20);
    }
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    freeze: () => process.kill('SIGSTOP'),
    async kill() {
      const ended = once(process, 'exit');
      process.kill('SIGKILL');
      await ended;
    },
  };
}

/** Below the ports that the system gives to connections, so that none takes it while Redis is away. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (!(await accepts(port))) return port;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
