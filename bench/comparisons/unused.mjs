import { calibrate, interleave, STAY_WARM, summaryOf } from '../lib/rounds.mjs';

/** `faceVerify()` attached but unused, called in a loop: what every request of the app pays. */
export async function run({ children, quick }) {
  const { ask } = await children.worker('micro/unused.mjs', '', STAY_WARM);
  const measures = {};
  for (const id of ['express', 'koa', 'hono', 'empty express', 'empty koa', 'empty hono']) {
    const loop = (calls) => ask({ id, calls, inFlight: 1 });
    const calls = await calibrate(loop, { ms: quick ? 20 : 60, warmMs: quick ? 200 : 500, least: 50_000 });
    measures[id] = () => loop(calls);
  }
  const samples = await interleave(measures, quick ? 5 : 31);
  return {
    rows: Object.keys(measures).map((id) => ({ label: id, cpuUs: summaryOf(samples[id], 'cpuUs') })),
    bars: ['express', 'koa', 'hono'].map((framework) => ({
      figure: `faceVerify() attached but unused, ${framework}`,
      value: summaryOf(samples[framework], 'cpuUs'),
      unit: 'us a request',
      bar: 1,
    })),
  };
}
