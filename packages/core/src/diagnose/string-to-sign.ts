import { toHex } from '../hex.ts';

/** Everything that a signature is made of. A mistake changes some of the parts. */
export interface Parts {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  /** The path as fetch would send it. */
  readonly sentPath: string;
  readonly query: string;
  readonly apiKey: string;
  readonly contentType: string;
  readonly body: string;
  readonly secretKey: string | Uint8Array;
  readonly lineEnd: string;
}

/** The string that is signed. */
export function stringToSign({ method, path, query, apiKey, contentType, body, lineEnd }: Parts): string {
  return [method, path, query, apiKey, contentType, body].join(lineEnd);
}

/** The string to sign with visible line ends, and without the keys. */
export function showStringToSign(parts: Parts): string {
  const hidden = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? withoutKeys(part, parts) : part]),
  );
  // Not a character of it: if the keys are swapped, it is the secret.
  const apiKey = `[API key of ${parts.apiKey.length} characters]`;
  const whole = stringToSign({ ...parts, ...hidden, apiKey, lineEnd: parts.lineEnd });
  return whole.replaceAll('\r', '\\r').replaceAll('\n', '\\n\n').replaceAll('\t', '\\t');
}

/** A key may be in a URL or a body by mistake. An API key of a few characters may be a part of other words. */
function withoutKeys(text: string, { apiKey, secretKey }: Parts): string {
  const secret = typeof secretKey === 'string' ? secretKey : new TextDecoder().decode(secretKey);
  let left = text;
  const ofSecret = new Set([secret, secret.trim()].flatMap(spellings));
  for (const form of ofSecret) left = left.replaceAll(form, '[secret]');
  if (apiKey.length >= 8) for (const form of spellings(apiKey)) left = left.replaceAll(form, '[API key]');
  return left;
}

/** How a key may be written in JSON and in URLs, the longest first. */
function spellings(key: string): string[] {
  const json = JSON.stringify(key).slice(1, -1);
  const bytes = Array.from(new TextEncoder().encode(key));
  const hex = toHex(Uint8Array.from(bytes));
  const base64 = btoa(bytes.map((byte) => String.fromCharCode(byte)).join('')).replace(/=+$/, '');
  const percent = encoded(key, encodeURIComponent);
  const urls = [
    percent,
    percent.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`), // RFC 3986
    encoded(percent, encodeURIComponent),
    encoded(key, encodeURI),
    new URLSearchParams({ '': key }).toString().slice(1),
  ];
  const all = [
    key,
    json,
    json.replaceAll('/', '\\/'),
    asciiOnly(json),
    asciiOnly(json).replaceAll('/', '\\/'), // PHP
    json.replace(/[<>&]/g, escapedUnit), // Go
    JSON.stringify(json).slice(1, -1), // JSON in JSON
    ...urls,
    ...urls.map((url) => url.replace(/%../g, (escape) => escape.toLowerCase())),
    hex,
    hex.toUpperCase(),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
  ];
  return [...new Set(all)].filter((form) => form !== '').sort((a, b) => b.length - a.length);
}

/** Percent-encoded if possible. */
export function encoded(text: string, encode: (text: string) => string): string {
  try {
    return encode(text);
  } catch {
    return text; // A lone surrogate has no encoding.
  }
}

/** JSON with everything but ASCII as escapes, as Python and PHP write it. */
export function asciiOnly(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, escapedUnit);
}

/** The JSON escape of a UTF-16 unit. */
function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
