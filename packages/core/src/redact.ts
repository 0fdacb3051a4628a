import { toHex } from './hex.ts';

const MAX_CHARACTERS = 500;
/** Above this many characters to search, the text is withheld: searching it would block the server. */
const MAX_WORK = 5_000_000;

/** Stands for `[cut]` until the end, so that nothing in the mark itself is cut: a character of the private use area. */
const CUT = '\uE000';

/** Fields of the vendor's answer that are credentials, as JSON or as `name=value`. */
const SECRET_FIELDS =
  /\b(token|url|session_?id|signature)(["']?\s*[:=]\s*)(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s"',;&}]+)/gi;

/** What may be a credential or a link: JSON Web Tokens, HMAC digests, URLs. */
const CREDENTIALS = /eyJ[\w-]{4,}(?:\.[\w-]*)*|\b[0-9a-f]{64}\b|\b[a-z]\w{0,15}:\/\/\S+/gi;

/** Characters that could end a line, and so forge one in a log. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * The vendor's text without what must not be shown: credentials, links and `personal`. The secret key is never sent, so
 * the vendor cannot repeat it. `undefined` if nothing is left.
 */
export function presentableVendorMessage(text: string, personal: readonly string[]): string | undefined {
  const findable = personal.filter((value) => value !== '' && unescaped(value).length <= text.length);
  if (findable.length * text.length > MAX_WORK) return undefined;
  const values = new Set(findable.flatMap(spellings));
  let safe = unescaped(cutFields(text));
  safe = cutFields(safe).replace(CREDENTIALS, CUT);
  // The longest first: one value may hold another.
  for (const value of [...values].sort((a, b) => b.length - a.length)) {
    safe = safe.replace(new RegExp(value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu'), CUT);
  }
  const shown = safe
    .replace(CONTROLS, ' ')
    .replace(/\uE000+/g, '[cut]')
    .trim();
  return shown === '' ? undefined : shown.slice(0, MAX_CHARACTERS);
}

/** An identifier as it may be written in the text, once that is unescaped. */
function spellings(value: string): string[] {
  const bytes = new TextEncoder().encode(value);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replace(/=+$/, '');
  return [value, unescaped(value), base64, base64.replaceAll('+', '-').replaceAll('/', '_'), toHex(bytes)];
}

function cutFields(text: string): string {
  return text.replace(SECRET_FIELDS, `$1$2${CUT}`);
}

/** Undoes the escapes of JSON, of JSON in JSON, and of URLs. */
function unescaped(text: string): string {
  return text
    .replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/(?<!\\)\\+(["\\/])/g, '$1')
    .replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
      try {
        return decodeURIComponent(escapes);
      } catch {
        return escapes;
      }
    });
}
