import { fencesOf } from './markdown.ts';
import { read } from './repository.ts';
import { type Snippet, snippetOf } from './snippet.ts';

/** The snippet of a document that has this name. */
export function snippetNamed(file: string, name: string): Snippet {
  const found = fencesOf(file, read(file))
    .filter(({ language }) => language === 'ts' || language === 'js')
    .map(snippetOf)
    .find((snippet) => snippet.name === name);
  if (found === undefined) throw new Error(`${file} has no snippet named ${name}`);
  return found;
}

/** The fence that follows a snippet, which shows what it prints. */
export function shownAfter({ file, line }: Snippet): string {
  const shown = fencesOf(file, read(file)).find((fence) => fence.line > line);
  if (shown?.language !== 'text') throw new Error(`${file}:${line} is not followed by what it prints`);
  return shown.code;
}
