import { ADAPTERS } from '../../adapters.mjs';
import { fencesOf } from './markdown.ts';
import { documents, read } from './repository.ts';
import { type Snippet, snippetOf } from './snippet.ts';

/** The snippet of a document that has this name. */
export function snippetNamed(file: string, name: string): Snippet {
  const found = snippetsIn(file).find((snippet) => snippet.name === name);
  if (found === undefined) throw new Error(`${file} has no snippet named ${name}`);
  return found;
}

function snippetsIn(file: string): Snippet[] {
  return fencesOf(file, read(file))
    .filter(({ language }) => language === 'ts' || language === 'js')
    .map(snippetOf);
}

/** Where the recipes of a kind are, such as `limit-express` and `limit-koa` of `limit`: for some frameworks, or all. */
export function recipesOf(kind: string): { file: string; name: string; folder: string }[] {
  const all = documents().flatMap(snippetsIn);
  const found = ADAPTERS.flatMap(({ folder }) =>
    all
      .filter(({ name }) => name === `${kind}-${folder}`)
      .map(({ file }) => ({ file, name: `${kind}-${folder}`, folder })),
  );
  if (found.length < 3) throw new Error(`there are only ${found.length} recipes named ${kind}-<framework>`);
  return found;
}

/** The fence that follows a snippet, which shows what it prints. */
export function shownAfter({ file, line }: Snippet): string {
  const shown = fencesOf(file, read(file)).find((fence) => fence.line > line);
  if (shown?.language !== 'text') throw new Error(`${file}:${line} is not followed by what it prints`);
  return shown.code;
}
