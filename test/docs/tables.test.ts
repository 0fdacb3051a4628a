import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';
import { firstQuoted, quoted, tableOf } from './markdown.ts';
import { read } from './repository.ts';

/* A table that repeats what packages say is compared with them; those that repeat the core's code: packages/core/test/documents.test.ts. */

describe('docs/testing.md', () => {
  test('names the faults that the emulator plays', () => {
    const rows = tableOf(read('docs/testing.md'), 'Let it fail', 'fault');
    const names = firstQuoted(rows, 'fault').map((name) => name.replaceAll("'", ''));
    const [, union = ''] = /export type FaultName =([^;]+);/.exec(read('packages/emulator/src/faults.ts')) ?? [];
    expect(names).toEqual([...union.matchAll(/'(\w+)'/g)].map(([, name]) => name));
  });
});

describe('where it runs', () => {
  const rows = Object.fromEntries(tableOf(read('README.md'), 'Where it runs', '').map((row) => [row[''] ?? '', row]));

  test.for(ADAPTERS)('$title is what the package accepts', ({ folder, title, framework }) => {
    const { peerDependencies } = JSON.parse(read(`packages/${folder}/package.json`));
    expect(quoted(rows[title]?.['accepted'] ?? '')[0]?.replaceAll('\\', '')).toBe(peerDependencies[framework]);
  });

  test.for(ADAPTERS)('$title is tested with what is installed', ({ title, installed }) => {
    const versions = installed.map((name) => JSON.parse(read(`node_modules/${name}/package.json`)).version);
    expect(rows[title]?.['tested with']?.match(/\d+\.\d+\.\d+/g)).toEqual(versions);
  });

  test('Node is what every package accepts', () => {
    for (const name of ['core', ...ADAPTERS.map(({ folder }) => folder), 'emulator']) {
      const { engines } = JSON.parse(read(`packages/${name}/package.json`));
      expect(quoted(rows['Node']?.['accepted'] ?? '')).toEqual([engines.node]);
    }
  });
});
