import { ratio, summaryOf } from '../lib/rounds.mjs';
import { CURRENT, installNode24 } from '../lib/runtimes.mjs';
import { median, summary } from '../lib/stats.mjs';
import { BASELINE, CLIENTS, SINGLE_CALL_CLIENTS, OURS } from './session/clients.mjs';
import { keyOf, measureCallsAfterPause, measureFirstCalls } from './session/single.mjs';
import { COUNTED_CALLS, LEVELS, measureWarm, resultOf } from './session/warm.mjs';

const PROTOCOLS = ['https', 'http'];
/** Clients that a figure compares with, and the bar at 32 in flight. */
const BARS = { undici: 1.2, 'undici-pool': undefined, stripe: 0.75, snippet: 0.3 };

/** One session, the same JSON for all clients: warm, as the first call of a process, and after a pause. */
export async function run(context) {
  const newest = installNode24();
  const runtimes = newest === undefined ? [CURRENT] : [CURRENT, newest];
  const warm = await measureWarm(context, runtimes);
  const first = await measureFirstCalls(context, runtimes);
  const paused = await measureCallsAfterPause(context, runtimes);

  return {
    heads: {
      newestCpuUs: `${newest?.name}: CPU us`,
      newestRatio: `against undici ${newest?.packages.undici}`,
      cpuUs: `${CURRENT.name}: CPU us`,
      ratio: `against undici ${CURRENT.packages.undici}`,
      connections: 'new connections',
    },
    rows: PROTOCOLS.flatMap((protocol) => [
      ...LEVELS.flatMap((level) => warmRows(protocol, level, warm, newest)),
      ...singleRows(`${protocol}, first call of a process`, protocol, first, newest),
      ...singleRows(`${protocol}, one call after a pause of 5 s`, protocol, paused, newest),
    ]),
    notes: [
      ...runtimes.map(({ name, packages }) => `${name} runs ${versions(packages)}.`),
      ...(newest === undefined
        ? ['Node 24 was not measured: npm has no binary of it for this platform.']
        : compareRuntimes(warm, newest)),
      `New connections: counted by the server, among ${COUNTED_CALLS} warm calls, or for the one call after a pause.`,
    ],
    bars: PROTOCOLS.flatMap((protocol) => [
      ...LEVELS.flatMap((level) => warmBars(protocol, level, warm)),
      {
        figure: `from nothing loaded to the first answer, against ${CLIENTS.snippet}, ${protocol}`,
        value: ratio(first[keyOf(CURRENT, protocol, OURS)], first[keyOf(CURRENT, protocol, 'snippet')], 'ms'),
      },
    ]),
  };
}

function warmRows(protocol, level, warm, newest) {
  return Object.entries(CLIENTS).flatMap(([client, label]) => {
    const result = resultOf(warm, protocol, level, client);
    if (result === undefined) return [];
    const { connections, samplesOf } = result;
    const own = samplesOf(CURRENT, client);
    return {
      group: `${protocol}, ${level} in flight`,
      label,
      ...(newest !== undefined && newestColumns(samplesOf(newest, client), samplesOf(newest, BASELINE))),
      cpuUs: summaryOf(own, 'cpuUs'),
      ratio: ratio(own, samplesOf(CURRENT, BASELINE)),
      perSecond: summary(own.map(({ calls, wallMs }) => (calls / wallMs) * 1000)),
      connections,
    };
  });
}

function singleRows(group, protocol, samples, newest) {
  return SINGLE_CALL_CLIENTS.map((client) => {
    const of = (runtime) => [client, BASELINE].map((each) => samples[keyOf(runtime, protocol, each)]);
    const [own, baseline] = of(CURRENT);
    const [{ loadingMs, connections }] = own;
    return {
      group,
      label: CLIENTS[client],
      ...(newest !== undefined && newestColumns(...of(newest))),
      cpuUs: summaryOf(own, 'cpuUs'),
      ratio: ratio(own, baseline),
      ms: summaryOf(own, 'ms'),
      ...(loadingMs !== undefined && { loadingMs: summaryOf(own, 'loadingMs') }),
      ...(connections !== undefined && { connections: median(own.map((sample) => sample.connections)) }),
    };
  });
}

function newestColumns(samples, baseline) {
  return samples.length > 0 && { newestCpuUs: summaryOf(samples, 'cpuUs'), newestRatio: ratio(samples, baseline) };
}

function warmBars(protocol, level, warm) {
  const where = `${protocol}, ${level} in flight`;
  return [
    ...Object.entries(BARS).flatMap(([client, bar]) => {
      const result = resultOf(warm, protocol, level, client);
      if (result === undefined) return [];
      return {
        figure: `createSession against ${CLIENTS[client]}, ${where}`,
        value: ratio(result.samplesOf(CURRENT, OURS), result.samplesOf(CURRENT, client)),
        ...(level === 32 && { bar }),
      };
    }),
    {
      figure: `new connections among ${COUNTED_CALLS} warm calls of createSession, ${where}`,
      value: resultOf(warm, protocol, level, OURS).connections,
      unit: '',
      bar: 0,
      exact: true,
    },
  ];
}

const versions = (packages) =>
  ['undici', 'got', 'ky', 'openai', 'axios', 'stripe'].map((name) => `${name} ${packages[name]}`).join(', ');

/** Why there are no bars on Node 24: the baseline is another undici. */
function compareRuntimes(warm, newest) {
  return [
    `Bars are for ${CURRENT.name}. CPU on ${newest.name} against ${CURRENT.name}, 32 calls in flight:`,
    ...PROTOCOLS.map((protocol) => {
      const { samplesOf } = resultOf(warm, protocol, 32, OURS);
      const change = (client) => ratio(samplesOf(newest, client), samplesOf(CURRENT, client)).median.toFixed(2);
      return (
        `  over ${protocol}, undici ${newest.packages.undici} takes ${change(BASELINE)} of undici ` +
        `${CURRENT.packages.undici}, createSession ${change(OURS)} of itself.`
      );
    }),
  ];
}
