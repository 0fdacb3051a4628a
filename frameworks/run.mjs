// Builds and starts an app with each framework, from the packed packages: `npm run test:frameworks`.
//
//   npm run test:frameworks -- next astro      only these
//
// An app is what frameworks/<name>/ holds and the fences of docs/frameworks/<name>.md. It stays in frameworks/artifacts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createEmulator } from '@faceverify/emulator';
import { ROOT } from '../scripts/lib/published.mjs';
import { APPS } from './apps.mjs';
import { copyExample, unpackPackages, versionOf, writeApp } from './lib/app.mjs';
import { checksOf, wrongKeyChecksOf } from './lib/checks.mjs';
import { exampleChecksOf, keylessChecksOf } from './lib/example-checks.mjs';
import { runToEnd, startServer } from './lib/process.mjs';

const { CI, HOME, PATH, TMPDIR } = process.env;
const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries({ CI, HOME, PATH, TMPDIR }).filter(([, value]) => value !== undefined)),
  ASTRO_TELEMETRY_DISABLED: '1',
  HOST: '127.0.0.1',
  NEXT_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
};

const wanted = process.argv.slice(2);
const apps = APPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const vendor = createEmulator({ clients: { 'key-of-the-account': 'secret-of-the-account' } });
const { url: vendorUrl, close } = await vendor.listen();
const KEYS = {
  FACEVERIFY_API_KEY: vendor.apiKey,
  FACEVERIFY_SECRET_KEY: vendor.secretKey,
  FACEVERIFY_BASE_URL: vendorUrl,
};
const results = [];
let passed = 0;
let failed = 0;

await unpackPackages();
for (const app of apps) {
  const began = performance.now();
  for (const report of await tryApp(app)) show(report);
  console.log(`  ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
await close();
const artifacts = join(ROOT, 'artifacts', 'compatibility');
mkdirSync(artifacts, { recursive: true });
writeFileSync(join(artifacts, 'frameworks.json'), `${JSON.stringify(results, null, 2)}\n`);
console.log(`\nframeworks: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Builds and starts an app; what was checked of each route, and of the app as a whole. */
async function tryApp(app) {
  const { name, build = [], types, servers } = app;
  console.log(`\n${app.title} ${versionOf(app.package)}`);
  const whole = { title: `${name} (app)`, checks: [] };
  const reports = new Map();
  const reportOf = ({ title, framework = app.title, runtime = app.runtime }) => {
    if (!reports.has(title)) reports.set(title, { title: `${name} (${title})`, app, framework, runtime, checks: [] });
    return reports.get(title);
  };
  let cwd;
  await check(whole, 'builds without keys', async () => {
    cwd = app.isExample ? copyExample(name) : writeApp(app);
    for (const command of build) await runToEnd(command, { cwd, env: ENVIRONMENT });
  });
  if (types !== undefined) await check(whole, 'types', () => runToEnd(types, { cwd, env: ENVIRONMENT }));
  if (whole.checks[0].error === undefined) {
    for (const server of servers) {
      const context = { server, whole, cwd, reportOf };
      if (app.isExample) {
        await withServer(context, KEYS, exampleChecksOf);
        await withServer(context, {}, keylessChecksOf);
      } else {
        await withServer(context, KEYS, checksOf);
        await withServer(context, { ...KEYS, FACEVERIFY_SECRET_KEY: 'another-secret' }, wrongKeyChecksOf);
      }
    }
  }
  return [...reports.values(), whole];
}

/** Starts a server, checks its routes, and stops it. */
async function withServer({ server: { start, env, routes }, whole, cwd, reportOf }, keys, checksOfRoute) {
  let server;
  await check(whole, 'starts', async () => {
    server = await startServer(start, { cwd, env: { ...ENVIRONMENT, ...env, ...keys } });
  });
  if (server === undefined) return;
  for (const route of routes) {
    for (const [what, action] of Object.entries(checksOfRoute(route, { url: server.url, vendor }))) {
      vendor.reset();
      await check(reportOf(route), what, action, server.output);
    }
  }
  await check(whole, 'ends after SIGTERM', () => server.stop());
  await check(whole, 'prints no secret', () => {
    if (/secret-of|another-secret/.test(server.output())) throw new Error('The output holds the secret key.');
  });
}

async function check(report, what, action, output) {
  try {
    await action();
    report.checks.push({ what });
  } catch (error) {
    const printed = output === undefined ? '' : `\nThe server printed:\n${output().slice(-3000)}`;
    report.checks.push({ what, error: `${error.stack ?? error}${printed}` });
  }
}

/** Prints a line, and what has failed; keeps what the table of compatibility needs. */
function show({ title, app, framework, runtime, checks }) {
  const failures = checks.filter(({ error }) => error !== undefined);
  const ok = checks.length - failures.length;
  passed += ok;
  failed += failures.length;
  console.log(`  ${title}: ${ok} ok${failures.length === 0 ? '' : `, ${failures.length} FAILED`}`);
  for (const { what, error } of failures) {
    console.log(`    FAILED  ${what}\n${error.replaceAll(/^/gm, '            ')}`);
  }
  if (app === undefined || app.isExample) return;
  const frameworkVersion = versionOf(app.package);
  const known = results.find((each) => each.runtime === runtime.name && each.framework === framework);
  if (known === undefined) {
    const tried = { runtime: runtime.name, runtimeVersion: runtime.version, framework, frameworkVersion };
    results.push({ ...tried, passed: ok, failed: failures.length });
  } else {
    known.passed += ok;
    known.failed += failures.length;
  }
}
