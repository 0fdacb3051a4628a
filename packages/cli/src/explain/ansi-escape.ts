import { Unreadable } from '../failures.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Reads what follows a backslash within `$'...'`, as a binary string; `rest` is at least nine characters, if there are. */
export function readEscape(rest: string): { text: string; length: number } {
  const [all = '', octal, hex, unicode] =
    /^(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|(u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8})|c[^]|[^])/.exec(rest) ?? [];
  const read = (text: string) => ({ text, length: all.length });
  if (octal !== undefined) return read(byte(Number.parseInt(octal, 8) & 0xff));
  if (hex !== undefined) return read(byte(Number.parseInt(hex, 16)));
  if (unicode !== undefined) return read(character(Number.parseInt(unicode.slice(1), 16)));
  if (all.length === 2) return read(byte(all.charCodeAt(1) & 0x1f));
  return read(ESCAPES[all] ?? (/^['"?\\]$/.test(all) ? all : `\\${all}`));
}

function byte(code: number): string {
  // No program can be given a zero byte: bash ends the text there.
  if (code === 0) throw new Unreadable('The command holds a zero byte, which no shell passes on.');
  return String.fromCharCode(code);
}

function character(codePoint: number): string {
  if (codePoint === 0 || codePoint > 0x10ffff) {
    throw new Unreadable('The command holds a character that does not exist.');
  }
  return Buffer.from(String.fromCodePoint(codePoint)).toString('latin1');
}
