import { openSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ReadStream, WriteStream } from 'node:tty';
import { Cancelled } from './failures.ts';

/** Asks at the terminal of the process, whatever its standard input is; `undefined` if it has none. */
export async function askAtTerminal(question: string, { hidden }: { hidden: boolean }): Promise<string | undefined> {
  const terminal = openTerminal();
  if (terminal === undefined) return undefined;
  const { input, output, close } = terminal;
  // Readline writes what is typed to its output. While it runs, the terminal itself shows nothing.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: hidden ? nowhere : output, terminal: true, historySize: 0 });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('close', () => reject(new Cancelled()));
      lines.once('SIGINT', () => reject(new Cancelled()));
      if (hidden) output.write(question);
      lines.question(hidden ? '' : question, resolve);
    });
  } finally {
    lines.close();
    if (hidden) output.write('\n');
    close();
  }
}

interface Terminal {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly close: () => void;
}

/** The standard input may be a file, or at its end: the terminal is opened anew. */
function openTerminal(): Terminal | undefined {
  const [from, to] = process.platform === 'win32' ? ['\\\\.\\CONIN$', '\\\\.\\CONOUT$'] : ['/dev/tty', '/dev/tty'];
  try {
    const input = new ReadStream(openSync(from, 'r+'));
    const output = new WriteStream(openSync(to, 'w'));
    return {
      input,
      output,
      close() {
        input.destroy();
        output.destroy();
      },
    };
  } catch {
    return undefined; // ENXIO: a process without a terminal, such as one of CI.
  }
}
