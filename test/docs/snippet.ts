import type { Fence } from './markdown.ts';
import { findFixture, type NamedFixture } from './fixtures.ts';

/** A request that a snippet's app must answer. */
export interface Expectation {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A fence of TypeScript or JavaScript, ready to be checked and run. */
export interface Snippet {
  /** The document. */
  readonly file: string;
  /** Where it stands, as `README.md:12`. */
  readonly place: string;
  /** Where it stands among the sources, so that its imports are found. */
  readonly path: string;
  /** The code, after a prelude on its first line. */
  readonly code: string;
  readonly preludeLength: number;
  /** Its first line's number in the document. */
  readonly line: number;
  readonly name: string | undefined;
  /** The name of its fixture. */
  readonly fixture: string | undefined;
  readonly expectations: readonly Expectation[];
}

/**
 * Reads a fence and the comment above it, which GitHub does not show:
 *
 *     <!-- snippet limit-koa, in koa: POST /face-verify/session gives 200 -->
 *
 * Each part may be left out: a name, by which a test finds the snippet; its fixture; and what a
 * request of a signed-in user must get. Without a fixture, a
 * snippet is a complete module.
 *
 * A fence below `<!-- file app/page.tsx -->` is no snippet: `npm run test:frameworks` or `test:redis` runs it, in an app.
 */
export function snippetOf(fence: Fence): Snippet {
  const place = `${fence.file}:${fence.line}`;
  const comment = /^([a-z][\w-]*)?(?:,? ?in ([a-z][\w-]*))?(?:: (.+))?$/.exec(fence.comment ?? '');
  if (comment === null) throw new Error(`${place}: the comment "${fence.comment}" cannot be read`);
  const [, name, fixture, expected] = comment;
  const prelude = fixture === undefined ? '' : preludeOf(fence.code, fixtureNamed(fixture, place));
  const extension = fence.language === 'ts' ? 'ts' : /\brequire\(/.test(fence.code) ? 'cjs' : 'js';
  return {
    file: fence.file,
    place,
    path: `test/docs/${fence.file.replaceAll('/', '-')}.${fence.line}.${extension}`,
    code: prelude + fence.code,
    preludeLength: prelude.length,
    line: fence.line,
    name,
    fixture,
    expectations: expected === undefined ? [] : expected.split(', ').map((text) => expectationOf(text, place)),
  };
}

export function fixtureNamed(name: string, place: string): NamedFixture {
  const fixture = findFixture(name);
  if (fixture === undefined) throw new Error(`${place}: there is no fixture "${name}"`);
  return fixture;
}

/** Brings into scope what the code names; on one line, so that all others keep their number. */
export function preludeOf(code: string, { module, scope: { values, types } }: NamedFixture): string {
  const isOpen = (name: string): boolean => isNamed(name, code) && !isDeclared(name, code);
  const usedTypes = types.filter(isOpen).join(', ');
  const usedValues = values.filter(isOpen).join(', ');
  return (
    (usedTypes === '' ? '' : `import type { ${usedTypes} } from '${module}'; `) +
    (usedValues === '' ? '' : `import { createFixture } from '${module}'; const { ${usedValues} } = createFixture(); `)
  );
}

/** Whether the code names something: not as a property, a package or a word of a URL. */
export function isNamed(name: string, code: string): boolean {
  return new RegExp(`(?<![\\w$'/@-])(?<!(?<!\\.\\.)\\.)${name}\\b(?![\\w'/:-])`).test(code);
}

/** Whether the code declares or imports a name by itself. */
export function isDeclared(name: string, code: string): boolean {
  return new RegExp(`^(?:export )?(?:const|let|function|class|interface|type|import)\\b[^=;(]*\\b${name}\\b`, 'm').test(
    code,
  );
}

function expectationOf(text: string, place: string): Expectation {
  const [, method, path, status] = /^([A-Z]+) (\/\S*) gives (\d{3})$/.exec(text) ?? [];
  if (method === undefined || path === undefined) throw new Error(`${place}: "${text}" is not an expectation`);
  return { method, path, status: Number(status) };
}
