import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator } from '@faceverify/emulator';
import { faceVerify, sessionHandler } from '@faceverify/express';
import express from 'express';
import { serve } from '../../support/serve.ts';
import { exactly, type Figure } from './figure.ts';

const CALLS = 2_000;
const PAIRS = 20;
/** So many calls start every 10 ms: 1,000 a second, if the machine is fast enough. */
const AT_ONCE = 10;

/** A source function gives other keys all the time, as docs/scale.md rotates them: no call fails, or mixes two pairs. */
export async function rotation(): Promise<Figure[]> {
  const pairs = Array.from({ length: PAIRS }, (_, nth) => ({ apiKey: `key-${nth}`, secretKey: `secret-${nth}` }));
  const accepted = new Map<string | undefined, number>();
  let refused = 0;
  const emulator = createEmulator({
    clients: Object.fromEntries(pairs.map(({ apiKey, secretKey }) => [apiKey, secretKey])),
    onRequest: (request) => {
      if (request.accepted) accepted.set(request.apiKey, (accepted.get(request.apiKey) ?? 0) + 1);
      else refused++;
    },
  });
  const vendor = await emulator.listen();

  let keys = pairs[0];
  const app = express();
  app.use(faceVerify(() => ({ ...keys, baseUrl: vendor.url })));
  app.post('/session', sessionHandler({ identify: () => ({ uniqueIdentifier: 'user123' }) }));
  const { url, close } = await serve(app);

  const statuses: Promise<number>[] = [];
  for (let begun = 0; begun < CALLS; begun += AT_ONCE) {
    for (let nth = 0; nth < AT_ONCE; nth++) {
      keys = pairs[Math.floor(((begun + nth) * PAIRS) / CALLS)];
      statuses.push(fetch(`${url}/session`, { method: 'POST' }).then(({ status }) => status));
    }
    await sleep(10);
  }
  const answered = (await Promise.all(statuses)).filter((status) => status === 200).length;
  await close();
  await vendor.close();

  const sum = [...accepted.values()].reduce((total, count) => total + count, 0);
  return [
    exactly(`keys rotate during ${CALLS} calls: succeeded`, String(answered), String(CALLS)),
    exactly(`keys rotate during ${CALLS} calls: accepted by the vendor`, String(sum), String(CALLS)),
    exactly(`keys rotate during ${CALLS} calls: refused, as a mixed pair is`, String(refused), '0'),
    exactly(`keys rotate during ${CALLS} calls: pairs that were used`, String(accepted.size), String(PAIRS)),
  ];
}
