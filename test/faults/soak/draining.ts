import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ADAPTERS } from '../../../adapters.mjs';
import type { RemoteFault } from '../server/control.ts';
import { API_KEY, SECRET_KEY } from '../server/secrets.ts';
import { startChild } from './child.ts';
import type { FaultServers } from './fault-servers.ts';
import { atMost, exactly, type Figure } from './figure.ts';

const IN_FLIGHT = 50;
/** The default deadline of a call. */
const DEADLINE_SECONDS = 10;

/** SIGTERM while visitors wait: every one of them is answered, nobody else is let in, and the process ends. */
export async function drains(servers: FaultServers): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { folder } of ADAPTERS) {
    const vendor = await servers.start('well, but slow');
    figures.push(...(await drain(folder, vendor)));
    await vendor.stop();
  }
  return figures;
}

async function drain(framework: string, vendor: RemoteFault): Promise<Figure[]> {
  const { process: app, port } = await startChild('app.js', [framework], {
    FACEVERIFY_BASE_URL: vendor.origin,
    FACEVERIFY_API_KEY: API_KEY,
    FACEVERIFY_SECRET_KEY: SECRET_KEY,
  });
  const ended = once(app, 'exit');

  // As browsers do: the connections are kept after the answer, which must not keep the process.
  const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
  const visits = Array.from({ length: IN_FLIGHT }, () => visit(port, agent));
  while (((await vendor.report()).attempts ?? 0) < IN_FLIGHT) await sleep(10);

  const began = performance.now();
  app.kill('SIGTERM');
  await sleep(100);
  const late = await connects(port);
  const statuses = await Promise.all(visits);
  const [code, signal] = (await Promise.race([ended, sleep(DEADLINE_SECONDS * 1_000, ['none', 'none'])])) as unknown[];
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  app.kill('SIGKILL');

  const answered = statuses.filter((status) => status === 200).length;
  return [
    exactly(
      `SIGTERM with ${IN_FLIGHT} calls in flight, ${framework}: answered with 200`,
      String(answered),
      String(IN_FLIGHT),
    ),
    exactly(`SIGTERM, ${framework}: new visitors let in`, String(late), 'false'),
    exactly(`SIGTERM, ${framework}: exit code`, String(code ?? signal), '0'),
    atMost(`SIGTERM, ${framework}: exit after`, seconds, DEADLINE_SECONDS, ' s', 1),
  ];
}

/** Status of the answer; 0 where none came. */
function visit(port: number, agent: http.Agent): Promise<number> {
  return new Promise((resolve) => {
    const request = http.request({ host: '127.0.0.1', port, method: 'POST', path: '/session', agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    request.once('error', () => resolve(0));
    request.end();
  });
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
