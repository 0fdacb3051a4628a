/** A fenced block of a document. */
export interface Fence {
  /** The document, relative to the repository. */
  readonly file: string;
  /** Line of its first line of code, counted from 1. */
  readonly line: number;
  /** The word behind the opening fence: `ts`, `bash` and so on. */
  readonly language: string;
  readonly code: string;
  /** What the comment above the fence says; see `snippet.ts`. */
  readonly comment: string | undefined;
  /** The file of an app that it is, as a comment `<!-- file app/page.tsx -->` says; `test:frameworks` runs it there. */
  readonly target: string | undefined;
}

const COMMENT = /^<!-- (snippet|file)(.*) -->$/;

/** The fenced blocks of a document, each with the comment that stands right above it. */
export function fencesOf(file: string, text: string): Fence[] {
  const fences: Fence[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const language = /^\s*```(.*)$/.exec(lines[at] ?? '')?.[1];
    if (language === undefined) continue;
    const start = at + 1;
    do at++;
    while (at < lines.length && !/^\s*```\s*$/.test(lines[at] ?? ''));
    if (at === lines.length) throw new Error(`${file}:${start}: this fence is never closed`);
    const [, kind, said] = COMMENT.exec(lines[start - 2] ?? '') ?? [];
    fences.push({
      file,
      line: start + 1,
      language: language.trim(),
      code: lines.slice(start, at).join('\n'),
      comment: kind === 'snippet' ? said?.trim() : undefined,
      target: kind === 'file' ? said?.trim() : undefined,
    });
  }
  return fences;
}

/** A row of a table by its column headings. */
export type Row = Readonly<Record<string, string>>;

/** The table whose first column is headed `first`, below the heading `section`. */
export function tableOf(text: string, section: string, first: string): Row[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === section);
  if (from === -1) throw new Error(`there is no section "${section}"`);
  const head = lines.findIndex((line, at) => at > from && cells(line)[0] === first);
  if (head === -1) throw new Error(`below "${section}" there is no table headed "${first}"`);
  const names = cells(lines[head] ?? '');
  const rows: Row[] = [];
  for (const line of lines.slice(head + 2)) {
    if (!line.startsWith('|')) break;
    const values = cells(line);
    rows.push(Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])));
  }
  return rows;
}

function cells(line: string): string[] {
  if (!line.startsWith('|')) return [];
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The words in back quotes of a cell. */
export function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}

/** The first word in back quotes of each cell of a column. */
export function firstQuoted(rows: readonly Row[], column: string): string[] {
  return rows.flatMap((row) => quoted(row[column] ?? '').slice(0, 1));
}

/** The document without its fenced blocks, in which `#` and `[` mean something else. */
function prose(text: string): string {
  return text.replace(/^\s*```[\s\S]*?^\s*```\s*$/gm, '');
}

/** The anchors of a document's headings, in the form that GitHub gives them. */
export function anchorsOf(text: string): Set<string> {
  const headings = prose(text).matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Where the links of a document lead. */
export function linksOf(text: string): string[] {
  return [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}
