import { setTimeout as sleep } from 'node:timers/promises';
import type { FaceVerifyOptions } from '@faceverify/core';
import { callMany, clientOf } from './clients.ts';
import type { FaultServers } from './fault-servers.ts';
import { atMost, exactly, type Figure } from './figure.ts';

const MEGABYTE = 1_000_000;
const SESSIONS = 100_000;
const SESSIONS_OF_NOBODY = 5_000;
const CLIENTS = 1_000;

const SENDERS: Readonly<Record<string, FaceVerifyOptions>> = {
  'node:http': {},
  fetch: { fetch: (url, init) => fetch(url, init) },
};

/** Answers without end cost nothing: the client hangs up at 64 KiB, packed or not. */
export async function hugeAnswers(servers: FaultServers): Promise<Figure[]> {
  const figures: Figure[] = [];
  const well = await servers.start('200, a good session');
  for (const [sender, options] of Object.entries(SENDERS)) {
    // What is loaded and compiled for any call is no growth.
    const first = clientOf(well.origin, options);
    await callMany(500, 8, () => first.createSession({ uniqueIdentifier: 'user123' }));
    await first.close();
    for (const name of ['200, a body of 300 MB', '200, gzip bomb of 320 MB']) {
      const vendor = await servers.start(name);
      const client = clientOf(vendor.origin, options);
      const call = (): Promise<unknown> => client.createSession({ uniqueIdentifier: 'user123' });
      figures.push(
        atMost(`${name}, by ${sender}: memory grows by`, await growth(() => callMany(20, 1, call)), 10, ' MB', 1),
      );
      await client.close();
      await vendor.stop();
    }
  }
  await well.stop();
  return figures;
}

/** How much more memory the process has at the most while `work` runs, in MB. */
async function growth(work: () => Promise<unknown>): Promise<number> {
  await settle();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 2);
  await work();
  most = Math.max(most, process.memoryUsage.rss());
  clearInterval(look);
  return (most - before) / MEGABYTE;
}

/** Nothing is kept of a call, and no connection is opened that is not needed. */
export async function manySessions(servers: FaultServers): Promise<Figure[]> {
  const vendor = await servers.start('200, a good session');
  await settle();
  const withoutClient = handles();
  const client = clientOf(vendor.origin);
  const known = (nth: number): Promise<unknown> =>
    client.createSession({ uniqueIdentifier: `user${nth}`, country: 'US' });
  const unknown = (): Promise<unknown> => client.createSession({ country: 'US' });

  await callMany(10_000, 32, known);
  await callMany(500, 8, unknown);
  await settle();
  const held = async (): Promise<string> => `${handles()}, connections ${(await vendor.report()).openSockets}`;
  const before = { heap: process.memoryUsage().heapUsed, handles: await held() };

  const succeeded = (await callMany(SESSIONS, 32, known)) + (await callMany(SESSIONS_OF_NOBODY, 8, unknown));
  await settle();
  const grown = (process.memoryUsage().heapUsed - before.heap) / MEGABYTE;
  const after = await held();

  await client.close();
  await settle();
  const left = await held();
  await vendor.stop();
  const total = SESSIONS + SESSIONS_OF_NOBODY;
  return [
    exactly(`${total} sessions: succeeded`, String(succeeded), String(total)),
    atMost(`${total} sessions: heap grows by`, grown, 1, ' MB'),
    exactly(`${total} sessions: handles`, after, before.handles),
    exactly('a second after close()', left, `${withoutClient}, connections 0`),
  ];
}

/** An app may keep a client for each of its accounts: until it is used, a client costs a little memory alone. */
export async function manyClients(): Promise<Figure[]> {
  await settle();
  const before = { heap: process.memoryUsage().heapUsed, handles: handles() };
  const clients = Array.from({ length: CLIENTS }, () => clientOf('http://127.0.0.1:1'));
  await settle();
  const each = (process.memoryUsage().heapUsed - before.heap) / CLIENTS / 1_000;
  const after = handles();
  await Promise.all(clients.map((client) => client.close()));
  return [
    atMost(`${CLIENTS} clients: heap of each`, each, 10, ' kB', 1),
    exactly(`${CLIENTS} clients: handles`, after, before.handles),
  ];
}

/** Handles of this process by kind, such as `TCPSocketWrap 32`. */
function handles(): string {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
}

/** Lets everything end that is about to end, and collects what nobody holds any more. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await sleep(350);
    globalThis.gc?.();
  }
}
