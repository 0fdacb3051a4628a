import type { Fence } from './markdown.ts';
import { list, read } from './repository.ts';

/** The `@example` blocks of a package's doc comments. */
export function docExamples(name: string): Fence[] {
  const folder = `packages/${name}/src`;
  return filesBelow(folder).flatMap((file) => examplesOf(file, read(file)));
}

function filesBelow(folder: string): string[] {
  return list(folder).flatMap((name) =>
    name.endsWith('.ts') ? [`${folder}/${name}`] : filesBelow(`${folder}/${name}`),
  );
}

function examplesOf(file: string, text: string): Fence[] {
  const examples: Fence[] = [];
  for (const comment of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const first = text.slice(0, comment.index).split('\n').length;
    const lines = comment[0].split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
    for (const [at, line] of lines.entries()) {
      if (line.trim() !== '@example') continue;
      const rest = lines.slice(at + 1, -1);
      const end = rest.findIndex((later) => later.startsWith('@'));
      const code = rest
        .slice(0, end === -1 ? undefined : end)
        .join('\n')
        .trimEnd();
      examples.push({ file, line: first + at + 1, language: 'ts', code, comment: undefined, target: undefined });
    }
  }
  return examples;
}
