import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';
import { fencesOf, firstQuoted, quoted, tableOf } from './markdown.ts';
import { list, read } from './repository.ts';

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
    expect(rows).toHaveProperty([title]);
    if (framework === undefined) return;
    const { peerDependencies } = JSON.parse(read(`packages/${folder}/package.json`));
    expect(quoted(rows[title]?.['accepted'] ?? '')[0]?.replaceAll('\\', '')).toBe(peerDependencies[framework]);
  });

  test('Node is what every package accepts', () => {
    for (const name of ['core', ...ADAPTERS.map(({ folder }) => folder), 'emulator']) {
      const { engines } = JSON.parse(read(`packages/${name}/package.json`));
      expect(quoted(rows['Node']?.['accepted'] ?? '')).toEqual([engines.node]);
    }
  });
});

describe('CONTRIBUTING.md', () => {
  const file = 'CONTRIBUTING.md';

  test('names every file of the core in its layout', () => {
    const layout = fencesOf(file, read(file)).find(({ language }) => language === 'text')?.code ?? '';
    const [, core = ''] = /^ {2}core\/src\/.*\n((?: {4}.*\n)+)/m.exec(layout) ?? [];
    const named: string[] = [];
    let folder = '';
    for (const line of core.split('\n')) {
      const [, indent = '', name = ''] = /^( +)(\S+)/.exec(line) ?? [];
      if (indent.length === 4) folder = name.endsWith('/') ? name : '';
      if (name.endsWith('.ts')) named.push(folder + name);
    }
    expect(new Set(named)).toEqual(new Set(filesBelow('packages/core/src')));
    expect(named.length).toBe(new Set(named).size);
  });

  test('names every script that is run by hand', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const hidden = Object.keys(scripts).filter(
      (name) => !name.startsWith('start:') && !new RegExp(`npm (?:run )?${name}(?![\\w:-])`).test(read(file)),
    );
    expect(hidden).toEqual([]);
  });
});

/** The paths of the source files in a folder, seen from it. */
function filesBelow(folder: string): string[] {
  return list(folder).flatMap((name) =>
    name.endsWith('.ts') ? [name] : filesBelow(`${folder}/${name}`).map((path) => `${name}/${path}`),
  );
}
