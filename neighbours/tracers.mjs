// Point 30: a tracer sees the client's calls, also where nothing else has loaded node:http before; the trace's header
// arrives, and the signature is still right. `node tracers.mjs dd-trace-5` or `node tracers.mjs opentelemetry`.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { check } from './lib/check.mjs';
import { listen } from './lib/listen.mjs';
import { KEYS, startVendor } from './lib/vendor.mjs';

const [, , tracer] = process.argv;
const folder = fileURLToPath(new URL('.', import.meta.url));
const PATH_OF_CALL = '/api/v1/session';

/** How the tracer's documentation says to load it, by the kind of app. */
const LOADING =
  tracer === 'opentelemetry'
    ? [
        { app: 'app.cjs', flags: ['--require', './tracers/opentelemetry.cjs'] },
        { app: 'app.mjs', flags: ['--require', './tracers/opentelemetry.cjs'] },
      ]
    : [
        { app: 'app.cjs', flags: ['--require', `${tracer}/init`] },
        { app: 'app.mjs', flags: ['--require', `${tracer}/init`] },
        { app: 'app.mjs', flags: ['--import', `${tracer}/initialize.mjs`] },
      ];

const agent = await startAgent();
for (const secure of [false, true]) {
  for (const { app, flags } of LOADING) {
    await check(
      `${tracer}, ${secure ? 'https' : 'http'}, ${flags[0]}, ${app}: both calls are traced and signed`,
      async () => {
        const vendor = await startVendor({ secure });
        agent.received.length = 0;
        try {
          const args = [...flags, `tracers/${app}`, vendor.baseUrl, KEYS.apiKey, KEYS.secretKey];
          const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env: environment() });
          const [traced, signed] = [({ headers }) => headers.traceparent, ({ isSigned }) => isSigned].map(
            (isIt) => vendor.requests.filter(isIt).length,
          );
          if (traced !== 2 || signed !== 2) throw new Error(`${traced} of 2 calls are traced, ${signed} signed.`);
          const spans = tracer === 'opentelemetry' ? stdout : agent.received.join('\n');
          if (spans.split(PATH_OF_CALL).length <= 2) throw new Error(`The tracer has not sent two spans: ${spans}`);
          if (spans.includes(KEYS.secretKey)) throw new Error('The secret key is in a span.');
        } finally {
          vendor.close();
        }
      },
    );
  }
}
agent.close();

function environment() {
  return {
    ...process.env,
    DD_TRACE_AGENT_URL: agent.url,
    DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
    DD_REMOTE_CONFIGURATION_ENABLED: 'false',
    DD_TRACE_STARTUP_LOGS: 'false',
  };
}

/** Takes what dd-trace sends to the agent of its own. */
async function startAgent() {
  const received = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url.endsWith('/traces')) received.push(Buffer.concat(chunks).toString('latin1'));
      response.end('{}');
    });
  });
  return {
    url: `http://127.0.0.1:${await listen(server)}`,
    received,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
