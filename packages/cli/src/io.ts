import { readFileSync, statSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import process from 'node:process';
import { styleText } from 'node:util';
import { UsageError } from './failures.ts';

/** What a command uses of the process. Tests pass their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether somebody types at the standard input. */
  readonly stdinIsTerminal: boolean;
  readonly out: Output;
  readonly err: Output;
  /** All of the standard input. */
  readonly readStdin: () => Promise<Uint8Array>;
  /** Asks at the terminal, without showing what is typed; `undefined` if there is no terminal. */
  readonly askHidden: (question: string) => Promise<string | undefined>;
  /** Asks at the terminal; `undefined` if there is none. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** Opens a link in the browser. */
  readonly open: (url: string) => void;
  /** Resolves when the user or the system stops the command. */
  readonly stopped: () => Promise<void>;
}

/** Where a command writes. */
export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Whether it shows colours: a terminal, without `NO_COLOR`. */
  readonly hasColors: boolean;
  /** Characters in a line; `undefined` if it is no terminal. */
  readonly columns?: number | undefined;
}

export type Style = Parameters<typeof styleText>[0];

/** Text in this style, where the output shows colours. */
export function paint({ hasColors }: Output, style: Style, text: string): string {
  return hasColors ? styleText(style, text, { validateStream: false }) : text;
}

/** A larger input is not a request. */
const MAX_INPUT_BYTES = 67_108_864;

/** The process's own. */
export function processIo(): Io {
  const { env, stdin, stdout, stderr } = process;
  return {
    env,
    cwd: process.cwd(),
    stdinIsTerminal: stdin.isTTY,
    out: outputOf(stdout),
    err: outputOf(stderr),
    readStdin: () => collect(stdin),
    askHidden: async (question) => (await import('./prompt.ts')).askAtTerminal(question, { hidden: true }),
    ask: async (question) => (await import('./prompt.ts')).askAtTerminal(question, { hidden: false }),
    open: (url) => void import('./open-url.ts').then(({ openUrl }) => openUrl(url)),
    stopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      }),
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  // `isTTY` and `hasColors` are missing where it is none.
  const isTerminal = (stream.isTTY as boolean | undefined) === true;
  return {
    write: (text) => void stream.write(text),
    isTerminal,
    hasColors: isTerminal && stream.hasColors(),
    columns: isTerminal ? stream.columns : undefined,
  };
}

async function collect(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array); // Safe: without an encoding, the standard input gives bytes.
    length += bytes.length;
    if (length > MAX_INPUT_BYTES) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The bytes of a file, or of the standard input for `-`. */
export async function readInput(file: string, io: Io): Promise<Uint8Array> {
  if (file === '-') return io.readStdin();
  try {
    const path = resolvePath(io.cwd, file);
    if (statSync(path).size > MAX_INPUT_BYTES) throw tooLarge();
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // The name is not shown: somebody may have pasted a key in its place.
    const { code = 'unknown' } = error as NodeJS.ErrnoException; // Safe: the file system throws no other error.
    throw new UsageError(`The file cannot be read: ${FILE_PROBLEMS[code] ?? code}.`);
  }
}

function tooLarge(): UsageError {
  return new UsageError('The input is larger than 64 MiB. Give the one request, or a HAR with fewer of them.');
}

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no file of this name',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  ERR_INVALID_ARG_VALUE: 'its name cannot be that of a file',
  ENAMETOOLONG: 'its name cannot be that of a file',
};

/** Characters that a terminal would obey or not show. Line ends are left. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text that a terminal shows and does not obey. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** JSON that a terminal shows and does not obey: the same value. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(INVISIBLE, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
