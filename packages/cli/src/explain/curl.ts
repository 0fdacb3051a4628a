import { Unreadable } from '../failures.ts';
import { OPTIONS_WITH_VALUE, SHORT_OPTIONS } from './curl-options.ts';
import { bytesOf, type Header, type HttpRequest, textOf } from './http-request.ts';
import { shellCommand } from './shell-words.ts';
import { isForWindows, windowsWords } from './windows-words.ts';

/** Where a curl command begins, after a prompt, variables or another command. */
const CURL = /(?:^|[\s;&|(])(?:[^\s'";|&(]*[\\/])?curl(?:\.exe)?(?=\s)/i;

/** Where the command begins in `text`, or -1. */
export function findCurl(text: string): number {
  const found = CURL.exec(text);
  return found === null ? -1 : found.index + found[0].search(/[^\s;&|(]/);
}

/** Reads the curl command that begins `text`. `body` is that of `--body`. */
export function readCurlCommand(text: string, body?: Uint8Array): HttpRequest {
  if (isForWindows(text)) return readCurlWords(windowsWords(text), body);
  const { words, heredoc } = shellCommand(text);
  return readCurlWords(words, body, heredoc);
}

/** Reads the words of a curl command, the name of the program first. */
export function readCurlWords(words: readonly string[], body?: Uint8Array, stdin?: string): HttpRequest {
  const options = new CurlOptions(body, stdin);
  const rest = words.values();
  rest.next();
  for (const word of rest) {
    if (word.startsWith('--')) options.setLong(word.slice(2), rest);
    else if (word.startsWith('-') && word.length > 1) options.setShort(word.slice(1), rest);
    else options.set('url', word);
  }
  return options.request();
}

const DATA = new Set(['data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json', 'url-query']);
/** The other options that change what is signed. */
const READ = new Set([...DATA, 'url', 'header', 'request', 'user', 'oauth2-bearer']);

class CurlOptions {
  #url: string | undefined;
  readonly #headers: Header[] = [];
  readonly #data: string[] = [];
  readonly #query: string[] = [];
  /** A binary string. */
  readonly #body: string | undefined;
  readonly #stdin: string | undefined;
  readonly #removed = new Set<string>();
  #method: string | undefined;
  #isJson = false;
  #hasData = false;
  #dataInQuery = false;
  #isHead = false;
  #isBodyRead = false;

  constructor(body: Uint8Array | undefined, stdin: string | undefined) {
    this.#body = body === undefined ? undefined : Buffer.from(body).toString('latin1');
    this.#stdin = stdin;
  }

  setLong(name: string, rest: Iterator<string>): void {
    if (READ.has(name) || OPTIONS_WITH_VALUE.has(name)) this.set(name, valueOf(rest));
    else this.#switch(name);
  }

  /** Letters of several switches may be one word, and a value may follow its letter in the same word. */
  setShort(letters: string, rest: Iterator<string>): void {
    for (let at = 0; at < letters.length; at++) {
      const name = SHORT_OPTIONS[letters.charAt(at)];
      if (name === undefined) continue;
      if (READ.has(name) || OPTIONS_WITH_VALUE.has(name)) {
        const attached = letters.slice(at + 1);
        this.set(name, attached === '' ? valueOf(rest) : attached);
        return;
      }
      this.#switch(name);
    }
  }

  set(name: string, value: string): void {
    if (DATA.has(name)) this.#addData(name, value);
    else if (name === 'url') this.#setUrl(value);
    else if (name === 'request') this.#method = textOf(value);
    else if (name === 'header') this.#addHeader(value);
    else if (name === 'user' || name === 'oauth2-bearer') this.#headers.push(['authorization', name]);
    else if (name === 'form' || name === 'form-string' || name === 'upload-file') {
      throw new Unreadable('The command sends a form or a file. FaceVerify takes JSON: use --data-raw.');
    } else if (name === 'config') {
      throw new Unreadable('The command reads options from a file, with -K. Write them out.');
    }
  }

  request(): HttpRequest {
    const given = this.#url;
    if (given === undefined) throw new Unreadable('The curl command has no URL.');
    const query = [...this.#query, ...(this.#dataInQuery && this.#hasData ? [this.#data.join('')] : [])];
    const url = withQuery(/^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`, query.map(textOf));
    const hasBody = this.#body !== undefined || (this.#hasData && !this.#dataInQuery);
    const method = this.#method ?? (this.#isHead ? 'HEAD' : hasBody ? 'POST' : 'GET');
    const whole = this.#isBodyRead ? undefined : this.#body;
    const body = hasBody ? (whole ?? this.#data.join('')) : '';
    return { method, url, headers: this.#allHeaders(hasBody), body: bytesOf(body) };
  }

  #setUrl(value: string): void {
    if (this.#url !== undefined) {
      throw new Unreadable(
        'The curl command has several URLs. Put quotes around values with spaces, and give one URL.',
      );
    }
    this.#url = textOf(value);
  }

  #switch(name: string): void {
    if (name === 'get') this.#dataInQuery = true;
    else if (name === 'head') this.#isHead = true;
    else if (name === 'next') {
      throw new Unreadable('The command sends several requests, with --next. Give one of them.');
    }
  }

  #addHeader(line: string): void {
    if (line.startsWith('@')) throw new Unreadable('The command reads headers from a file, with -H @. Write them out.');
    const colon = line.indexOf(':');
    const name = textOf(colon === -1 ? line.replace(/;\s*$/, '') : line.slice(0, colon)).trim();
    const value = colon === -1 ? '' : textOf(line.slice(colon + 1)).trim();
    // "Name:" removes a header that curl would send, "Name;" sends it empty.
    if (colon !== -1 && value === '') this.#removed.add(name.toLowerCase());
    else if (colon !== -1 || /;\s*$/.test(line)) this.#headers.push([name, value]);
  }

  #addData(name: string, value: string): void {
    if (name === 'url-query') {
      this.#query.push(value.startsWith('+') ? value.slice(1) : urlEncoded(value));
      return;
    }
    const isFile = value.startsWith('@') && name !== 'data-raw' && name !== 'data-urlencode';
    const text = name === 'data-urlencode' ? urlEncoded(value) : isFile ? this.#fileContent(name, value) : value;
    if (name === 'json') this.#isJson = true;
    else if (this.#hasData) this.#data.push('&');
    this.#data.push(text);
    this.#hasData = true;
  }

  /** A file that the text of a command names is not read: `--body` names it. */
  #fileContent(name: string, value: string): string {
    const content = value === '@-' ? (this.#stdin ?? this.#body) : this.#body;
    if (content === undefined) {
      throw new Unreadable(
        'The body is in a file, after "@". Name that file before the rest: faceverify explain --body FILE ...',
      );
    }
    this.#isBodyRead = true;
    return name === 'data' || name === 'data-ascii' ? content.replace(/[\r\n\0]/g, '') : content;
  }

  #allHeaders(hasBody: boolean): Header[] {
    const has = (name: string): boolean => this.#headers.some(([each]) => each.toLowerCase() === name);
    const type = this.#isJson ? 'application/json' : 'application/x-www-form-urlencoded';
    const isTyped = !hasBody || has('content-type') || this.#removed.has('content-type');
    return isTyped ? this.#headers : [...this.#headers, ['content-type', type]];
  }
}

function valueOf(rest: Iterator<string>): string {
  const next = rest.next();
  if (next.done === true) throw new Unreadable('The curl command ends after an option that needs a value.');
  return next.value;
}

/** As `--data-urlencode` writes it: `content`, `=content` or `name=content`. */
function urlEncoded(value: string): string {
  const at = value.search(/[=@]/);
  if (at !== -1 && value.charAt(at) === '@') {
    throw new Unreadable('The command encodes the content of a file. FaceVerify takes JSON: use --data-raw.');
  }
  const name = at > 0 ? value.slice(0, at + 1) : '';
  const content = value.slice(at + 1);
  return (
    name +
    content.replace(/[^A-Za-z\d._~-]/g, (byte) =>
      byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
  );
}

function withQuery(url: string, queries: readonly string[]): string {
  let address = url.split('#')[0] ?? '';
  for (const query of queries) {
    if (address.includes('?')) address += `&${query}`;
    else if (query !== '') address += `?${query}`;
  }
  return address;
}
