import { Unreadable } from '../failures.ts';
import { readEscape } from './ansi-escape.ts';

/*
 * Texts here are binary strings: each character is a byte. A shell passes bytes on, and a body is signed as bytes.
 */

/** The words of one command, and what follows `<<` if it reads a here-document. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly heredoc: string | undefined;
}

/** At the beginning of a word, as the bytes of UTF-8. */
const TYPOGRAPHIC_QUOTE = /^\xe2\x80[\x98-\x9f]/;
/** In double quotes, a backslash escapes nothing else. */
const ESCAPED_IN_QUOTES = /["\\$`]/;

/** Splits the first command of `text` as bash does. Nothing is run, and no variable is filled in. */
export function shellCommand(text: string): ShellCommand {
  return new ShellReader(text).read();
}

class ShellReader {
  readonly #text: string;
  #at = 0;
  #word: string[] = [];
  #inWord = false;
  readonly #words: string[] = [];
  #heredocEnd: { word: string; literal: boolean } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ShellCommand {
    while (this.#at < this.#text.length && this.#step());
    this.#endWord();
    return { words: this.#words, heredoc: this.#readHeredoc() };
  }

  /** Reads on; `false` at the end of the command. */
  #step(): boolean {
    const character = this.#text.charAt(this.#at);
    switch (character) {
      case ' ':
      case '\t':
      case '\r':
        this.#endWord();
        this.#at++;
        return true;
      case '\n':
      case ';':
      case '|':
      case '&':
        return false;
      case '<':
      case '>':
        this.#redirect();
        return true;
      case "'":
        this.#add(this.#until("'"));
        return true;
      case '"':
        this.#doubleQuoted();
        return true;
      case '\\':
        this.#escaped();
        return true;
      case '`':
        // PowerShell continues a line with it.
        if (!/^`\r?\n/.test(this.#text.slice(this.#at, this.#at + 3))) throw substitution();
        this.#at = this.#text.indexOf('\n', this.#at) + 1;
        return true;
      case '$':
        this.#dollar();
        return true;
      case '#':
        if (this.#inWord) this.#plain();
        else this.#at = indexOrEnd(this.#text, '\n', this.#at);
        return true;
      default:
        this.#plain();
        return true;
    }
  }

  #plain(): void {
    const special = /[\s'"\\`$;|&<>]/g;
    special.lastIndex = this.#at + 1;
    const end = special.exec(this.#text)?.index ?? this.#text.length;
    const text = this.#text.slice(this.#at, end);
    if (!this.#inWord && TYPOGRAPHIC_QUOTE.test(text)) {
      throw new Unreadable(
        'The command has typographic quotes, as word processors make them. Replace them with \' or ".',
      );
    }
    this.#add(text);
    this.#at = end;
  }

  #escaped(): void {
    const next = /^(?:\r?\n|[^]|$)/.exec(this.#text.slice(this.#at + 1, this.#at + 3))?.[0] ?? '';
    if (!next.endsWith('\n')) this.#add(next);
    this.#at += 1 + next.length;
  }

  #doubleQuoted(): void {
    const start = this.#at;
    this.#at++;
    this.#add('');
    for (;;) {
      const special = /["\\$`]/g;
      special.lastIndex = this.#at;
      const end = special.exec(this.#text)?.index;
      if (end === undefined) throw unbalanced('"', start, this.#text);
      this.#add(this.#text.slice(this.#at, end));
      this.#at = end;
      const character = this.#text.charAt(end);
      if (character === '"') break;
      if (character === '`') throw substitution();
      if (character === '$') {
        if (/[A-Za-z_{(]/.test(this.#text.charAt(end + 1))) throw variable(this.#text, end);
        this.#add('$');
        this.#at++;
      } else {
        const next = this.#text.charAt(end + 1);
        if (next !== '\n') this.#add(ESCAPED_IN_QUOTES.test(next) ? next : `\\${next}`);
        this.#at += 2;
      }
    }
    this.#at++;
  }

  #dollar(): void {
    const next = this.#text.charAt(this.#at + 1);
    if (next === "'") this.#ansiQuoted();
    else if (next === '"') this.#at++;
    else if (/[A-Za-z_{(]/.test(next)) throw variable(this.#text, this.#at);
    else {
      this.#add('$');
      this.#at++;
    }
  }

  /** `$'...'`, which browsers write where a text holds a quote or a line end. */
  #ansiQuoted(): void {
    const start = this.#at + 1;
    this.#at += 2;
    this.#add('');
    for (;;) {
      const special = /['\\]/g;
      special.lastIndex = this.#at;
      const end = special.exec(this.#text)?.index;
      if (end === undefined) throw unbalanced("$'", start, this.#text);
      this.#add(this.#text.slice(this.#at, end));
      this.#at = end + 1;
      if (this.#text.charAt(end) === "'") return;
      const { text, length } = readEscape(this.#text.slice(this.#at, this.#at + 9));
      this.#add(text);
      this.#at += length;
    }
  }

  /** Skips where output goes, and notes where a here-document ends. */
  #redirect(): void {
    const [operator = '>'] = /^(?:<<-?(?!<)|<<<|<|>>|>&|>\||>)/.exec(this.#text.slice(this.#at, this.#at + 3)) ?? [];
    // A number right before it is a file descriptor.
    if (this.#inWord && /^\d$/.test(this.#word.join(''))) this.#dropWord();
    this.#endWord();
    if (operator === '<' || operator === '<<<') {
      throw new Unreadable('The command reads its input with "<". Write the body after --data-raw instead.');
    }
    const target = /[ \t]*(?:"([^"]*)"|'([^']*)'|\\?([^\s;|&<>]*))/y;
    target.lastIndex = this.#at + operator.length;
    const [all = '', double, single, plain] = target.exec(this.#text) ?? [];
    this.#at += operator.length + all.length;
    const literal = plain === undefined || all.includes('\\');
    if (operator.startsWith('<<')) this.#heredocEnd = { word: double ?? single ?? plain ?? '', literal };
  }

  #readHeredoc(): string | undefined {
    if (this.#heredocEnd === undefined) return undefined;
    const { word, literal } = this.#heredocEnd;
    const start = indexOrEnd(this.#text, '\n', this.#at) + 1;
    const lines: string[] = [];
    for (const line of this.#text.slice(start).split('\n')) {
      if (line.replace(/\r$/, '').trimStart() === word) return lines.map((each) => `${each}\n`).join('');
      if (!literal && /\$[A-Za-z_{(]|`/.test(line)) throw variable(line, line.search(/\$[A-Za-z_{(]|`/));
      lines.push(line);
    }
    throw new Unreadable('The command ends before its here-document does.');
  }

  #until(quote: string): string {
    const start = this.#at + 1;
    const end = this.#text.indexOf(quote, start);
    if (end === -1) throw unbalanced(quote, this.#at, this.#text);
    this.#at = end + 1;
    return this.#text.slice(start, end);
  }

  #add(text: string): void {
    this.#word.push(text);
    this.#inWord = true;
  }

  #endWord(): void {
    if (this.#inWord) this.#words.push(this.#word.join(''));
    this.#dropWord();
  }

  #dropWord(): void {
    this.#word = [];
    this.#inWord = false;
  }
}

function indexOrEnd(text: string, searched: string, from: number): number {
  const index = text.indexOf(searched, from);
  return index === -1 ? text.length : index;
}

function unbalanced(quote: string, at: number, text: string): Unreadable {
  const line = text.slice(0, at).split('\n').length;
  return new Unreadable(`The quote ${quote} on line ${line} of the command is never closed. Copy the whole command.`);
}

function variable(text: string, at: number): Unreadable {
  const [, name] = /^\$\{?([A-Za-z_]\w{0,40})/.exec(text.slice(at, at + 44)) ?? [];
  if (name === undefined) return substitution();
  return new Unreadable(
    `The command holds the variable $${name}, which only your shell can fill in. Write its value there, ` +
      'or put "faceverify explain" in front of the command and run it.',
  );
}

function substitution(): Unreadable {
  return new Unreadable(
    'The command runs another command inside it, with $(...) or backquotes. Write the result there, ' +
      'or put "faceverify explain" in front of the command and run it.',
  );
}
