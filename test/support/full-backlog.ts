import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

// Node accepts whatever connects as long as its event loop turns: so this one stands still.
const LISTEN_AND_STAND_STILL = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/**
 * A port on which connecting hangs: its queue of connections that wait to be accepted is full, so
 * the system lets every further one wait, as it does behind a firewall that swallows packets.
 */
export async function openFullBacklog(): Promise<{ port: number; stop: () => Promise<void> }> {
  const worker = new Worker(LISTEN_AND_STAND_STILL, { eval: true });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const fillers: net.Socket[] = [];
  const stop = async (): Promise<void> => {
    for (const filler of fillers) filler.destroy();
    await worker.terminate();
  };
  for (;;) {
    const filler = net.connect(port, '127.0.0.1');
    filler.on('error', () => undefined);
    fillers.push(filler);
    const connected = new Promise<'connected'>((resolve) => {
      filler.once('connect', () => resolve('connected'));
    });
    if ((await Promise.race([connected, sleep(200)])) === undefined) return { port, stop };
    if (fillers.length > 64) {
      await stop();
      throw new Error('This system accepts connections without end: a connect that hangs cannot be shown here.');
    }
  }
}
