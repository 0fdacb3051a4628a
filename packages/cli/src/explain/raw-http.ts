import { Unreadable } from '../failures.ts';
import { bytesOf, type Header, headerOf, type HttpRequest, textOf } from './http-request.ts';

/** A request line of HTTP, or of a .http file, where the version may be missing and the URL is whole. */
const REQUEST_LINE = /^([A-Za-z]{1,20})[ \t]+(\S+)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*$/;
const DEFAULT_ORIGIN = 'https://start.faceverify.ai';

/** Whether the first line is a request line; `sure` if only HTTP has such a line. */
export function looksLikeHttp(text: string, sure: boolean): boolean {
  const line = firstLines(text, 1)[0] ?? '';
  return sure ? REQUEST_LINE.test(line) && /HTTP\/[\d.]+[ \t]*$/.test(line) : REQUEST_LINE.test(line);
}

/** Comments and names of requests, with which a .http file may begin. */
const COMMENTS = /^(?:[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?\n)+/;

function firstLines(text: string, count: number): string[] {
  return text
    .replace(COMMENTS, '')
    .split('\n', count)
    .map((line) => line.replace(/\r$/, ''));
}

/** Reads a request as it goes over the wire, or as a .http file has it, from a binary string. */
export function readRawHttp(given: string, replacement?: Uint8Array): HttpRequest {
  const text = given.replace(COMMENTS, '');
  const end = /\r?\n\r?\n/.exec(text);
  const head = (end === null ? text : text.slice(0, end.index)).split(/\r?\n/);
  const [, method = '', target = ''] = REQUEST_LINE.exec(head[0] ?? '') ?? [];
  const headers = head.slice(1).flatMap((line): Header[] => {
    const colon = line.indexOf(':', 1);
    return colon < 1 ? [] : [[textOf(line.slice(0, colon)).trim(), textOf(line.slice(colon + 1)).trim()]];
  });
  const sent = end === null ? '' : text.slice(end.index + end[0].length);
  const body = replacement ?? bytesOf(bodyOf(sent, { headers }));
  return { method, url: urlOf(textOf(target), headerOf({ headers }, 'host')), headers, body };
}

/** The path alone is on the wire: its host is in a header. */
function urlOf(target: string, host: string | undefined): string {
  const [address = ''] = target.split('#');
  if (!address.startsWith('/')) return address;
  if (host === undefined) return DEFAULT_ORIGIN + address;
  const isLocal = /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/.test(host);
  return `${isLocal ? 'http' : 'https'}://${host}${address}`;
}

/** The body, without the line end that an editor adds at the end of a file. */
function bodyOf(sent: string, request: Pick<HttpRequest, 'headers'>): string {
  if (/chunked/i.test(headerOf(request, 'transfer-encoding') ?? '')) {
    throw new Unreadable('The body is chunked. Write it as it was before, without Transfer-Encoding.');
  }
  const length = headerOf(request, 'content-length') ?? '';
  const own = sent.split(/^###/m, 1)[0] ?? '';
  if (!/^\d{1,15}$/.test(length)) return own.replace(/\r?\n$/, '');
  if (sent.length >= Number(length)) return sent.slice(0, Number(length));
  // Pasted text has lost its carriage returns.
  const restored = sent.replace(/\r?\n/g, '\r\n');
  if (restored.length >= Number(length)) return restored.slice(0, Number(length));
  throw new Unreadable(
    `The body has ${sent.length} bytes, but Content-Length says ${length}: the request is not complete or was edited.`,
  );
}
