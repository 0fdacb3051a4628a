import { Unreadable } from '../failures.ts';
import { findCurl, readCurlCommand } from './curl.ts';
import { readHar } from './har.ts';
import type { HttpRequest } from './http-request.ts';
import { looksLikeHttp, readRawHttp } from './raw-http.ts';

/** How to read what was given. */
export interface ReadOptions {
  /** The bytes of the file that `--body` names. */
  readonly body?: Uint8Array | undefined;
  /** Which signed request of a HAR, from 1. */
  readonly entry?: number | undefined;
}

/** FaceVerify's one call sends some hundred bytes. */
const MAX_BODY_BYTES = 262_144;
const MAX_HEAD_LENGTH = 16_384;

/** Reads a curl command, a HAR or a raw HTTP request. */
export function readRequest(input: Uint8Array, { body, entry }: ReadOptions = {}): HttpRequest {
  const bytes = withoutMark(input);
  // A binary string: bytes that are not UTF-8 must not get lost.
  const text = bytes.toString('latin1');
  const request = readAny(text, bytes, body, entry);
  checkRequest(request);
  return request;
}

function readAny(text: string, bytes: Buffer, body: Uint8Array | undefined, entry: number | undefined): HttpRequest {
  const start = /\S/.exec(text)?.index;
  if (start === undefined) throw new Unreadable('There is nothing to read.');
  if (text.charAt(start) === '{') {
    const request = readHar(bytes.toString('utf8'), entry);
    return body === undefined ? request : { ...request, body };
  }
  const curlAt = findCurl(text);
  if (looksLikeHttp(text, true) || (curlAt === -1 && looksLikeHttp(text, false))) {
    return readRawHttp(text.slice(start), body);
  }
  if (curlAt !== -1) return readCurlCommand(text.slice(curlAt), body);
  throw new Unreadable(
    'This is not a curl command, a HAR or a raw HTTP request. In a browser or an HTTP client, choose "Copy as cURL".',
  );
}

/** What every reader must have found. */
export function checkRequest({ method, url, headers, body }: HttpRequest): void {
  if ([url, ...headers.flat()].some(({ length }) => length > MAX_HEAD_LENGTH)) {
    throw new Unreadable('The URL or a header is longer than any server reads.');
  }
  if (!/^[A-Za-z]{1,20}$/.test(method)) throw new Unreadable('The HTTP method of the request cannot be read.');
  if (/\{\{[^{}]*\}\}/.test(url)) {
    throw new Unreadable(
      'The URL holds a variable in {{ }} that your HTTP client fills in. Copy the request after that.',
    );
  }
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    throw new Unreadable('The URL of the request cannot be read. It must begin with https:// or http://.');
  }
  if (body.byteLength > MAX_BODY_BYTES) {
    throw new Unreadable('The body is larger than 256 KiB. A session needs less than 2 KiB.');
  }
}

/** UTF-8 without a byte order mark, from that or from UTF-16, which PowerShell writes. */
function withoutMark(input: Uint8Array): Buffer {
  const bytes = Buffer.from(input);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(bytes.subarray(2).toString('utf16le'));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(
      bytes
        .subarray(2, bytes.length - (bytes.length % 2))
        .swap16()
        .toString('utf16le'),
    );
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
