import { ADAPTERS } from '../../adapters.mjs';
import { read } from './repository.ts';
import type { Replacements } from './run.ts';
import type { Snippet } from './snippet.ts';

/** One way to run a snippet: with one of the major versions that it is meant for. */
export interface Variant {
  readonly title: string;
  readonly replacements: Replacements;
}

/** How often, and with what, a snippet is run: the newest version comes first. */
export function variantsOf({ fixture, code }: Snippet): readonly Variant[] {
  const adapter = ADAPTERS.find(({ folder, framework }) =>
    fixture === undefined ? code.includes(`from '${framework}'`) : fixture === folder,
  );
  const { title, framework, installed } = adapter ?? { title: '', installed: [] };
  if (framework === undefined || installed.length === 1) return [{ title: '', replacements: {} }];
  return [...installed].reverse().map((name) => {
    const { version } = JSON.parse(read(`node_modules/${name}/package.json`)) as { version: string }; // Safe: npm's.
    return {
      title: `${title} ${version.split('.')[0]}`,
      replacements: name === framework ? {} : { [framework]: name },
    };
  });
}
