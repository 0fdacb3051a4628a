import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';
import { BROKEN } from './broken.ts';
import { docExamples } from './doc-examples.ts';
import { type Fence, fencesOf } from './markdown.ts';
import { MODULES } from './modules.ts';
import { documents, read } from './repository.ts';
import { run } from './run.ts';
import { fixtureNamed, isDeclared, isNamed, preludeOf, type Snippet, snippetOf } from './snippet.ts';
import { startTestContext, type TestContext } from './test-context.ts';
import { typeCheck } from './type-check.ts';
import { variantsOf } from './variants.ts';

/*
 * Every fence of every document is proved: TypeScript and JavaScript are type-checked, all in one
 * program, and run against the emulator. How a fence names its fixture: snippet.ts.
 */

/** Languages that are neither type-checked nor run, each with the reason. */
const NOT_CODE: Readonly<Record<string, string>> = {
  sh: 'commands: commands.test.ts looks up what they name',
  html: 'for a page: commands.test.ts looks up the routes that it names',
  json: 'an answer: parsed below',
  text: 'what something prints: recipes.test.ts compares it where a snippet prints it',
};

const all = documents().flatMap((file) => fencesOf(file, read(file)));
/** Files of an app: npm run test:frameworks or test:redis writes them into it, and builds and starts it. */
const filesOfApps = all.filter(({ target }) => target !== undefined);
const fences = all.filter(({ target }) => target === undefined);
const snippets = fences.filter(isCode).map(snippetOf);

function isCode({ language }: Fence): boolean {
  return language === 'ts' || language === 'js';
}

describe('every fence', () => {
  test('is in a language of which something is known', () => {
    const unknown = fences.filter((fence) => !isCode(fence) && !Object.hasOwn(NOT_CODE, fence.language));
    expect(unknown.map(({ file, line, language }) => `${file}:${line} ${language}`)).toEqual([]);
  });

  test('that is a file of an app stands on the page of an app that is started', () => {
    const apps = [...read('frameworks/apps.mjs').matchAll(/^ {4}name: '([\w-]+)',\n(?! {4}isExample)/gm)].map(
      ([, name]) => name,
    );
    const pages = apps.map((name) => `docs/frameworks/${name}.md`);
    expect(new Set(filesOfApps.map(({ file }) => file))).toEqual(new Set([...pages, 'docs/rate-limits.md']));
  });

  test('of JSON is JSON', () => {
    for (const { code } of fences.filter(({ language }) => language === 'json')) {
      expect(() => JSON.parse(code)).not.toThrow();
    }
  });

  test('has a name of its own, if it has one', () => {
    const names = snippets.flatMap(({ file, name }) => (name === undefined ? [] : [`${file} ${name}`]));
    expect(names).toEqual([...new Set(names)]);
  });

  test('that mounts a route says what a request gets', () => {
    const silent = snippets.filter(({ code, expectations }) => MOUNTS.test(code) && expectations.length === 0);
    expect(silent.map(({ place }) => place)).toEqual([]);
  });
});

const MOUNTS = /^(?:app|router)\.(?:(?:post|get)\(|register\(sessionRoute)|^export (?:const|async function) POST\b/m;

const PACKAGES = Object.fromEntries(
  await Promise.all(
    ['core', 'core/adapter', 'core/diagnose', ...ADAPTERS.map(({ folder }) => folder), 'emulator'].map(
      async (name) => [name, (await MODULES[`@faceverify/${name}`]?.()) ?? {}] as const,
    ),
  ),
);
const examples = Object.keys(PACKAGES)
  .filter((name) => !name.includes('/'))
  .flatMap((name) => docExamples(name).map((fence) => exampleOf(name, fence)));

/** An example of a doc comment: in its own package, its own exports need no import. */
function exampleOf(name: string, fence: Fence): Snippet {
  const taken = new Set<string>(); // The adapter entry has some names of the main entry too.
  const exported = Object.entries(PACKAGES).flatMap(([from, names]) => {
    const [packageName] = from.split('/');
    if (packageName !== name && !(from === 'core' && name === 'emulator')) return [];
    const isUsed = (each: string): boolean => isNamed(each, fence.code) && !isDeclared(each, fence.code);
    const used = Object.keys(names).filter((each) => isUsed(each) && !taken.has(each));
    for (const each of used) taken.add(each);
    return used.length === 0 ? [] : `import { ${used.join(', ')} } from '@faceverify/${from}'; `;
  });
  const prelude = exported.join('') + preludeOf(fence.code, fixtureNamed(name, fence.file));
  return { ...snippetOf(fence), code: prelude + fence.code, preludeLength: prelude.length };
}

/** What is to be fixed in doc comments, by their file: an entry goes as soon as it is. */
const KNOWN_PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  'packages/express/src/middleware.ts': ["'req.user' is possibly 'undefined'"], // As Passport declares it.
};

describe('types', () => {
  let problemsOf: (path: string) => string[];
  beforeAll(() => {
    problemsOf = typeCheck([...snippets, ...examples, ...BROKEN]);
  }, 60_000);

  test.for([...snippets, ...examples])('$place', ({ file, path }) => {
    const expected = KNOWN_PROBLEMS[file] ?? [];
    const problems = problemsOf(path).filter((problem) => !expected.some((known) => problem.includes(known)));
    expect(problems).toEqual([]);
  });

  test.for(BROKEN)('$title that is broken is found', ({ path, error }) => {
    expect(problemsOf(path).join('\n')).toContain(error);
  });

  test('a problem has the line of the document', () => {
    const option = BROKEN.find(({ error }) => error === 'TS2561');
    expect(problemsOf(option?.path ?? '')).toEqual([expect.stringMatching(/^line 4: /)]);
  });

  test.for(Object.entries(KNOWN_PROBLEMS))('the known problem of %s is still there', ([file, known]) => {
    const problems = examples.filter((example) => example.file === file).flatMap(({ path }) => problemsOf(path));
    for (const each of known) expect(problems.join('\n')).toContain(each);
  });
});

describe('running', () => {
  let context: TestContext;
  beforeAll(async () => {
    context = await startTestContext();
  });
  afterAll(() => context.close());

  const runs = snippets.flatMap((snippet) =>
    variantsOf(snippet).map((variant) => ({ snippet, variant, title: `${snippet.place} ${variant.title}`.trim() })),
  );
  test.for(runs)('$title', async ({ snippet, variant }) => {
    context.emulator.reset();
    vi.spyOn(console, 'error').mockReturnValue(); // What the route logs by itself.
    const result = await run(snippet, { ...context.runContext, replacements: variant.replacements });
    for (const { method, path, status } of snippet.expectations) {
      const before = context.emulator.received.length;
      const response = await result.request(path, { method, headers: { 'x-user': 'alice' } });
      expect({ path, status: response.status }).toEqual({ path, status });
      expect(context.emulator.received.slice(before)).toMatchObject([{ accepted: true, uniqueIdentifier: 'alice' }]);
    }
  });
});
