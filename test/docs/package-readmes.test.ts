import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';
import { anchorsOf, fencesOf, linksOf, type Row, tableOf } from './markdown.ts';
import { list, read } from './repository.ts';

/* What npm shows of a package: its README stands on its own, away from the repository. */

const NPM = 'https://www.npmjs.com/package/';
const packages = list('packages');

describe.for(packages)('packages/%s/README.md', (folder) => {
  const file = `packages/${folder}/README.md`;
  const text = read(file);

  test('starts with its name, and lines to paste', () => {
    const { name } = JSON.parse(read(`packages/${folder}/package.json`));
    expect(text.split('\n')[0]).toBe(`# ${name}`);
    const first = fencesOf(file, text).slice(0, 2);
    expect(first.some(({ line, code }) => line < 25 && code.includes(name))).toBe(true);
  });

  test('links to the web, to packages that exist, and to itself', () => {
    const broken = linksOf(text).filter((link) => {
      if (link.startsWith('#')) return !anchorsOf(text).has(link.slice(1));
      if (link.startsWith(NPM)) return !packages.includes(link.replace(`${NPM}@faceverify/`, ''));
      return !link.startsWith('https://');
    });
    expect(broken).toEqual([]);
    // Other ways to write a link, which are not looked at above.
    expect(text).not.toMatch(/^\[[^\]]+\]: |\b(?:href|src)="/m);
  });

  test('sends nobody to a file of the repository', () => {
    expect(text).not.toMatch(/\bdocs\/|\bmain README|\b(?:SECURITY|CONTRIBUTING)\.md|npm run /);
  });
});

describe.for(ADAPTERS)('@faceverify/$folder', ({ folder }) => {
  const text = read(`packages/${folder}/README.md`);
  const route = folder === 'fastify' ? 'sessionRoute' : 'sessionHandler';

  test('has the options of the ready route that docs/route.md has', () => {
    // What `client` takes is written with the names of each package.
    const rowsOf = (rows: readonly Row[], option: string): string[][] =>
      rows.map((row) => [
        row[option] ?? '',
        ...(row[option] === '`client`' ? [] : [row['default'] ?? '', row[''] ?? '']),
      ]);
    const all = tableOf(read('docs/route.md'), 'What the ready route does', 'option of `sessionHandler`');
    const own = tableOf(text, 'The ready route', `option of \`${route}\``);
    expect(rowsOf(own, `option of \`${route}\``)).toEqual(rowsOf(all, 'option of `sessionHandler`'));
  });

  test('has the errors of the README', () => {
    expect(tableOf(text, 'The ready route', 'code')).toEqual(tableOf(read('README.md'), 'Errors', 'code'));
  });
});

describe('@faceverify/core', () => {
  const text = read('packages/core/README.md');
  const readme = read('README.md');

  test('has the options of the README', () => {
    expect(tableOf(text, 'Options', 'option')).toEqual(tableOf(readme, 'Options', 'option'));
  });

  test('has the errors of the README, without those of the route alone', () => {
    const ofCalls = tableOf(readme, 'Errors', 'code').filter((row) => !row['code']?.includes('unauthenticated'));
    expect(tableOf(text, 'Errors', 'code')).toEqual(ofCalls.map(({ code, when }) => ({ code, when })));
  });
});
