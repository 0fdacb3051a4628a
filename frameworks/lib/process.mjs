// Processes of an app: those that build it, and the server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { send } from './send.mjs';

const START_SECONDS = 60;
const STOP_SECONDS = 15;

/** Runs a command to its end; rejects with what it printed if it fails. */
export async function runToEnd([file, ...args], { cwd, env, seconds = 240 }) {
  const { child, output } = begin(file, args, { cwd, env });
  const timer = setTimeout(() => kill(child), seconds * 1000);
  const [code, signal] = await once(child, 'close').finally(() => clearTimeout(timer));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code ?? signal}:\n${output()}`);
  return output();
}

/** Starts a server on a free port, and waits for its first answer. */
export async function startServer([file, ...args], { cwd, env }) {
  const port = await freePort();
  const { child, output } = begin(file, args, { cwd, env: { ...env, PORT: String(port) } });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  let isRunning = true;
  void ended.then(() => (isRunning = false));
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_SECONDS * 1000;
  while (!(await answers(url))) {
    if (!isRunning || Date.now() > deadline) {
      kill(child);
      throw new Error(`The server ${isRunning ? `does not answer at ${url}` : 'has ended'}:\n${output()}`);
    }
    await wait(100);
  }
  return {
    url,
    output,
    /** Sends SIGTERM, and rejects unless the process then ends by itself. */
    async stop() {
      child.kill('SIGTERM');
      const end = await Promise.race([ended, wait(STOP_SECONDS * 1000, undefined, { ref: false })]);
      kill(child);
      if (end === undefined) {
        throw new Error(`The server still runs ${STOP_SECONDS} seconds after SIGTERM:\n${output()}`);
      }
      // 143 is 128 + SIGTERM.
      if (end.signal !== 'SIGTERM' && end.code !== 0 && end.code !== 143) {
        throw new Error(`After SIGTERM the server ended with ${end.code ?? end.signal}:\n${output()}`);
      }
    },
  };
}

const running = new Set();
process.once('exit', () => running.forEach(kill));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** In a process group of its own, so that no process which it starts is left. */
function begin(file, args, { cwd, env }) {
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  child.on('error', (error) => (text += `${error.message}\n`));
  running.add(child);
  child.once('close', () => running.delete(child));
  return { child, output: () => text };
}

function kill({ pid }) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** The frameworks tell the port in ways of their own, if at all: it is chosen here. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await once(server.close(), 'close');
  return port;
}

async function answers(url) {
  try {
    await send(url, { method: 'GET' });
    return true;
  } catch {
    return false;
  }
}
