import { callMany, clientOf } from './clients.ts';
import type { FaultServers } from './fault-servers.ts';
import { atMost, exactly, type Figure } from './figure.ts';

const OUTAGE_CALLS = 1_000;
const BROWN_OUT_CALLS = 20_000;

/** A vendor that is down is not hit with three times the traffic: the retry budget runs out. */
export async function fullOutage(servers: FaultServers): Promise<Figure[]> {
  const vendor = await servers.start('full outage');
  const client = clientOf(vendor.origin);
  const succeeded = await callMany(OUTAGE_CALLS, 10, (nth) => client.createSession({ uniqueIdentifier: `user${nth}` }));
  const { attempts = NaN } = await vendor.report();
  await client.close();
  await vendor.stop();
  return [
    exactly(`full outage, ${OUTAGE_CALLS} calls: succeeded`, String(succeeded), '0'),
    atMost(`full outage, ${OUTAGE_CALLS} calls: attempts per call`, attempts / OUTAGE_CALLS, 1.05, '', 3),
  ];
}

/** A vendor that refuses one answer in five hardly hurts. */
export async function brownOut(servers: FaultServers): Promise<Figure[]> {
  const vendor = await servers.start('brown-out: one answer in five is 503');
  const client = clientOf(vendor.origin);
  // One after the other: with the same answers in the same order, every run gives the same figures.
  const succeeded = await callMany(BROWN_OUT_CALLS, 1, () => client.createSession({ uniqueIdentifier: 'user123' }));
  const { attempts = NaN } = await vendor.report();
  await client.close();
  await vendor.stop();
  const failed = 1 - succeeded / BROWN_OUT_CALLS;
  return [
    atMost(`one answer in five 503, ${BROWN_OUT_CALLS} calls: failed`, failed * 100, 1, ' %'),
    atMost(
      `one answer in five 503, ${BROWN_OUT_CALLS} calls: attempts per call`,
      attempts / BROWN_OUT_CALLS,
      1.27,
      '',
      3,
    ),
  ];
}
