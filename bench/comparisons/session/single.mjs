import { setTimeout as sleep } from 'node:timers/promises';
import { once } from '../../lib/children.mjs';
import { interleave, shuffled, STAY_WARM } from '../../lib/rounds.mjs';
import { SINGLE_CALL_CLIENTS, modulePath, originsOf } from './clients.mjs';

/** Longer than clients keep idle connections: 4 s. */
const PAUSE_MS = 5_000;

const casesOf = (runtimes, origins) =>
  runtimes.flatMap((runtime) =>
    Object.entries(origins).flatMap(([protocol, origin]) =>
      SINGLE_CALL_CLIENTS.map((client) => ({
        runtime,
        protocol,
        origin,
        client,
        key: keyOf(runtime, protocol, client),
      })),
    ),
  );
/** The key of a case's samples. */
export const keyOf = (runtime, protocol, client) => [runtime.name, protocol, client].join(' ');

/** From nothing loaded to the first answer, in a fresh process each time. */
export async function measureFirstCalls({ children, quick }, runtimes) {
  const upstream = await children.upstream();
  const measures = {};
  for (const { runtime, origin, client, key } of casesOf(runtimes, originsOf(upstream))) {
    measures[key] = () => once('./first-call.mjs', [`../${modulePath(client)}`, origin], [], runtime);
  }
  const samples = await interleave(measures, quick ? 1 : 5);
  children.end();
  return samples;
}

/** One call of a warm client after a pause; all clients share the pause. */
export async function measureCallsAfterPause({ children, quick }, runtimes) {
  const upstream = await children.upstream();
  const workers = [];
  const samples = {};
  for (const { runtime, origin, client, key } of casesOf(runtimes, originsOf(upstream))) {
    const { ask } = await children.worker(modulePath(client), origin, STAY_WARM, runtime);
    await ask({ calls: quick ? 100 : 400, inFlight: 8 });
    workers.push({ ask, key });
    samples[key] = [];
  }
  const rounds = quick ? 1 : 5;
  for (let round = 0; round < rounds; round++) {
    await sleep(PAUSE_MS);
    for (const { ask, key } of shuffled(workers)) {
      const before = await upstream.connections();
      const sample = await ask({ mode: 'one' });
      samples[key].push({ ...sample, connections: (await upstream.connections()) - before });
    }
  }
  children.end();
  return samples;
}
