import { Unreadable } from '../failures.ts';

/*
 * "Copy as cURL (cmd)" of browsers on Windows: first cmd.exe removes its carets, then the program splits its line.
 */

/** Whether a curl command is written for cmd.exe. */
export function isForWindows(text: string): boolean {
  return /^\S+\s+(?:-\S+\s+)*\^"/.test(text.slice(0, 1_000)) || (/ \^\r?\n/.test(text) && !/ \\\r?\n/.test(text));
}

/** Splits the first command of `text` as cmd.exe and a program of Windows do. */
export function windowsWords(text: string): string[] {
  return splitLine(withoutCarets(text));
}

/** What cmd.exe passes on: `^x` is x, a caret at the end of a line continues it. */
function withoutCarets(text: string): string {
  const passed: string[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    let character = text.charAt(at);
    if (character === '"') quoted = !quoted;
    else if (character === '\n' && !quoted) break;
    else if (character === '^' && !quoted) {
      at++;
      if (text.startsWith('\r\n', at)) at++;
      if (text.charAt(at) === '\n') at++;
      if (text.startsWith('\r\n', at)) at++;
      character = text.charAt(at);
    }
    passed.push(character);
  }
  return passed.join('');
}

/** The rules of Microsoft's C runtime: a backslash counts only before a quote. */
function splitLine(line: string): string[] {
  const words: string[] = [];
  let word: string[] | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (!quoted && /\s/.test(character)) {
      if (word !== undefined) words.push(word.join(''));
      word = undefined;
      continue;
    }
    word ??= [];
    if (character === '\\') {
      const start = at;
      while (line.charAt(at + 1) === '\\') at++;
      const count = at - start + 1;
      if (line.charAt(at + 1) !== '"') word.push('\\'.repeat(count));
      else {
        word.push('\\'.repeat(count >> 1));
        if (count % 2 === 1) {
          word.push('"');
          at++;
        }
      }
    } else if (character !== '"') word.push(character);
    else if (quoted && line.charAt(at + 1) === '"') {
      word.push('"');
      at++;
    } else quoted = !quoted;
  }
  if (quoted) throw new Unreadable('A quote of the command is never closed. Copy the whole command.');
  if (word !== undefined) words.push(word.join(''));
  return words;
}
