import type { Io } from '../../src/io.ts';
import { main } from '../../src/main.ts';

/** What a command did. */
export interface Result {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  /** The questions that it asked. */
  readonly asked: readonly string[];
  /** The links that it opened. */
  readonly opened: readonly string[];
}

/** The surroundings of a command: nothing is there by default, not even a terminal. */
export interface Given {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  /** What is typed at the terminal, in turn; left out: there is no terminal. */
  readonly typed?: readonly string[];
  readonly isTerminal?: boolean;
  readonly columns?: number;
  readonly stopped?: Promise<void>;
  readonly onOutput?: (text: string) => void;
}

/** Runs `faceverify` in this process. */
export async function runCommand(args: readonly string[], given: Given = {}): Promise<Result> {
  const { env = {}, cwd = process.cwd(), stdin, typed, isTerminal = false, columns = 80, stopped } = given;
  const [out, err, asked, opened]: [string[], string[], string[], string[]] = [[], [], [], []];
  const answers = [...(typed ?? [])];
  const ask = (question: string): Promise<string | undefined> => {
    asked.push(question);
    return Promise.resolve(typed === undefined ? undefined : answers.shift());
  };
  const output = (lines: string[]) => ({
    write(text: string) {
      lines.push(text);
      given.onOutput?.(text);
    },
    isTerminal,
    hasColors: isTerminal && !env['NO_COLOR'],
    columns: isTerminal ? columns : undefined,
  });
  const io: Io = {
    env,
    cwd,
    stdinIsTerminal: stdin === undefined,
    out: output(out),
    err: output(err),
    readStdin: () => Promise.resolve(Buffer.from(stdin ?? '')),
    askHidden: ask,
    ask,
    open: (url) => void opened.push(url),
    stopped: () => stopped ?? Promise.resolve(),
  };
  const exitCode = await main(args, io);
  return { exitCode, out: out.join(''), err: err.join(''), asked, opened };
}
