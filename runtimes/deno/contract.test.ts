import { expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';
import { contractOf } from '../../test/contract/adapter-contract.ts';
import { pairOf } from '../../test/contract/pairs.ts';
import type { AppSettings } from '../../test/contract/settings.ts';
import type { RunningApp } from '../../test/support/serve.ts';
import { frameworksOf } from '../../test/support/frameworks.ts';
import { DENO, DENO_VERSION, startProcess } from '../start.ts';

/** What Deno.serve itself prints once, when a request's signal is read: it aborts after every answer too. */
const NOTICE = /^Deno\.serve: request\.signal aborts on successful responses .+\n/m;
let noticed = false;

for (const { folder } of ADAPTERS) {
  for (const { name } of await frameworksOf(folder)) contractOf(pairOf(DENO_VERSION, name), startOn(folder, name));
}

test("Deno's notice is printed: else nothing needs to be cut out", () => {
  expect(noticed).toBe(true);
});

function startOn(folder: string, name: string): (settings: AppSettings) => Promise<RunningApp> {
  return async (settings) => {
    const app = await startProcess([...DENO, 'runtimes/serve.ts', folder, name], settings);
    const written = (): string => {
      const text = app.written();
      noticed ||= NOTICE.test(text);
      return text.replace(NOTICE, '');
    };
    return { ...app, written };
  };
}
