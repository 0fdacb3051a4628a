import { dirname, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsOf, fencesOf, linksOf } from './markdown.ts';
import { documents, exists, list, read } from './repository.ts';

/* What documents name exists: commands, packages, files, headings, routes. */

const all = documents().map((file) => ({ file, text: read(file) }));
const manifests = ['package.json', ...list('packages').map((name) => `packages/${name}/package.json`)]
  .filter(exists)
  .map((path) => JSON.parse(read(path)));
const { scripts } = JSON.parse(read('package.json'));

/** Words of the first edition, which no other project uses. */
const OLD_WORDS =
  /\b(?:unless given|whoever|mend(?:ed)?|comes? along|the house|a word of|surroundings|mounted route|is told|stands? in for)\b/gi;

describe.for(all)('$file', ({ file, text }) => {
  const commands = fencesOf(file, text)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.split('\n'))
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .join('\n');
  const words = commands + [...text.matchAll(/`(np[mx] [^`]+)`/g)].map(([, command]) => `\n${command}`).join('');

  test('runs scripts that exist', () => {
    const named = [
      ...[...words.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name),
      ...[...words.matchAll(/\bnpm (start|test)\b/g)].map(([, name]) => name),
      ...(/\bnpm cit\b/.test(words) ? ['test'] : []),
    ];
    expect(named.filter((name) => name === undefined || !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test('installs and runs packages that exist', () => {
    const named = [...text.matchAll(/@faceverify\/[\w-]+/g)].map(([name]) => name);
    const published = manifests.filter((manifest) => manifest.private !== true);
    expect(named.filter((name) => !published.some((manifest) => manifest.name === name))).toEqual([]);
    const run = [...words.matchAll(/\bnpx (faceverify[\w-]*)/g)].map(([, name]) => name);
    const commandsOfPackages = new Set<string>(manifests.flatMap(({ bin = {} }) => Object.keys(bin)));
    expect(run.filter((name) => name === undefined || !commandsOfPackages.has(name))).toEqual([]);
  });

  test('runs files that exist', () => {
    const files = [...words.matchAll(/\bnode (?:--\S+ )*([\w./-]+\.m?js)/g)].map(([, path = '']) => path);
    expect(files.filter((path) => !exists(path) && !path.includes('/dist/'))).toEqual([]);
  });

  test('links to what exists', () => {
    const broken = linksOf(text).filter((link) => {
      if (link.startsWith('https://')) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : normalize(`${dirname(file)}/${path}`);
      if (!exists(target)) return true;
      return anchor !== undefined && !anchorsOf(read(target)).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('sends pages to routes that its snippets mount', () => {
    const pages = fencesOf(file, text).filter(({ language }) => language === 'html');
    const actions = pages.flatMap(({ code }) => [...code.matchAll(/action="([^"]+)"/g)].map(([, path]) => path));
    const isMounted = (path: string | undefined): boolean =>
      [`.post('${path}'`, `url: '${path}'`, `app${path}/route.ts`].some((code) => text.includes(code));
    expect(actions.filter((path) => !isMounted(path))).toEqual([]);
  });

  test('uses plain words', () => {
    const phrases = [...text.matchAll(OLD_WORDS)].map(([phrase]) => phrase);
    expect(phrases).toEqual([]);
  });

  test('names no path of a machine', () => {
    expect(text).not.toMatch(/(?<![\w.])\/(?:root|home|tmp|work|Users)\//);
  });
});
