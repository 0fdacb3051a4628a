// One small app, as a team would write it: node app.js FRAMEWORK, with the vendor in FACEVERIFY_BASE_URL.
// It ends as docs/reliability.md says it should; what is printed is for the test that stops it.
import { createServer } from 'node:http';
import { createFaceVerify } from '@faceverify/core';
import { listen } from '../../support/listen.ts';
import type { Framework } from '../../support/test-app.ts';

const [, , folder = ''] = process.argv;
// Built beside this file, by tsdown.config.ts. Safe: the type check of each adapter's folder says so.
const { FRAMEWORKS } = (await import(new URL(`frameworks-${folder}.js`, import.meta.url).href)) as {
  FRAMEWORKS: readonly Framework[];
};
const [newest] = FRAMEWORKS;
if (newest === undefined) throw new Error(`${folder} has no framework.`);

const client = createFaceVerify();
const listener = await newest.listenerOf({
  prefix: '',
  parseBody: false,
  routes: [
    {
      path: '/session',
      middleware: { source: client },
      mounted: { identify: () => ({ uniqueIdentifier: 'user123' }) },
    },
  ],
  caught: console.error,
  takeNotes: () => [],
});
const server = createServer(listener);

process.once('SIGTERM', () => {
  server.close(() => void client.close());
  // Connections that browsers keep after their answer would hold the process for some seconds more.
  setInterval(() => server.closeIdleConnections(), 200).unref();
});

console.log(await listen(server));
