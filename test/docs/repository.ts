import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds everything. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

/** A file's text, by its path in the repository. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Whether the repository has such a file or folder. */
export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

/** What is in a folder of the repository; nothing where there is no such folder. */
export function list(folder: string): string[] {
  return exists(folder) ? readdirSync(join(ROOT, folder)).filter((name) => name !== 'node_modules') : [];
}

/** Every document whose snippets are proved. */
export function documents(): string[] {
  const candidates = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CODE_OF_CONDUCT.md',
    'CHANGELOG.md',
    'examples/README.md',
    ...markdownBelow('docs'),
    ...['packages', 'examples'].flatMap((folder) => list(folder).map((name) => `${folder}/${name}/README.md`)),
  ];
  return candidates.filter(exists);
}

function markdownBelow(folder: string): string[] {
  return list(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (name.endsWith('.md')) return [path];
    return name.includes('.') ? [] : markdownBelow(path);
  });
}
