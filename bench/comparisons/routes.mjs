import { calibrate, copiesOf, interleave, inTurn, ratio, STAY_WARM, summaryOf } from '../lib/rounds.mjs';

const BARS = { express: 0.45, koa: 0.3, hono: 0.35, fastify: 0.5, web: 0.5 };
/** What serves the apps of each: all on node:http. */
const SERVERS = {
  express: 'Express 5',
  koa: 'Koa 3',
  hono: 'Hono on @hono/node-server',
  fastify: 'Fastify 5',
  web: 'functions of a Request on @hono/node-server',
};
const CONNECTIONS = 32;

/** The server's CPU per request, by framework and variant, under load from another process. */
async function measure({ children, quick }, frameworks, variants, request) {
  const { url } = await children.upstream();
  const { child: load } = await children.start('./load.mjs');
  const samples = {};
  // One framework at a time, so that each variant has its turn before its idle connections are closed.
  for (const framework of frameworks) {
    const measures = {};
    for (const variant of variants) {
      const copies = [];
      for (let i = 0; i < copiesOf({ quick }); i++) {
        const args = [`../apps/${framework}.mjs`, variant, url];
        const { child, report } = await children.start('./app.mjs', args, STAY_WARM);
        const ask = async (requests) => {
          const { cpuUs: before } = await child.ask({});
          const { wallMs } = await load.ask({ port: report.port, request, requests, connections: CONNECTIONS });
          const { cpuUs: after } = await child.ask({});
          return { cpuUs: (after - before) / requests, wallMs, calls: requests };
        };
        // So many that the two messages that read the CPU time are a small part.
        const requests = await calibrate(ask, { ms: 60, warmMs: quick ? 200 : 2_500, least: 200 });
        copies.push(() => ask(requests));
      }
      measures[`${framework} ${variant}`] = inTurn(copies);
    }
    Object.assign(samples, await interleave(measures, quick ? 3 : 75));
  }
  return samples;
}

function rowsOf(samples, frameworks, variants, baseline) {
  return frameworks.flatMap((framework) =>
    variants.map((variant) => ({
      label: variant,
      group: SERVERS[framework],
      cpuUs: summaryOf(samples[`${framework} ${variant}`], 'cpuUs'),
      ratio: ratio(samples[`${framework} ${variant}`], samples[`${framework} ${baseline}`]),
    })),
  );
}

/**
 * The ready route against one that a developer writes from the vendor's page. A third route that only calls
 * `createSession` shows how much of the time is the framework and the session.
 */
export async function run(context) {
  const frameworks = Object.keys(BARS);
  const variants = ['by-hand', 'createSession', 'mounted'];
  const samples = await measure(context, frameworks, variants, { method: 'POST', path: '/session' });
  return {
    baseline: 'by-hand',
    rows: rowsOf(samples, frameworks, variants, 'by-hand'),
    bars: frameworks.map((framework) => ({
      figure: `ready route against the hand-written one, ${SERVERS[framework]}`,
      value: ratio(samples[`${framework} mounted`], samples[`${framework} by-hand`]),
      bar: BARS[framework],
    })),
  };
}

/**
 * A route that has nothing to do with FaceVerify: alone, behind a middleware that does nothing, and behind faceVerify().
 * A framework may run an app without middleware on a shorter path, which any middleware ends.
 */
export async function runUnused(context) {
  const frameworks = Object.keys(BARS).filter((framework) => framework !== 'web'); // It has no middleware.
  const variants = ['bare', 'empty', 'attached'];
  const samples = await measure(context, frameworks, variants, { method: 'GET', path: '/hello' });
  return {
    baseline: 'bare',
    rows: rowsOf(samples, frameworks, variants, 'bare'),
    bars: frameworks.map((framework) => ({
      figure: `a route beside faceVerify() against one beside an empty middleware, ${SERVERS[framework]}`,
      value: ratio(samples[`${framework} attached`], samples[`${framework} empty`]),
    })),
  };
}
