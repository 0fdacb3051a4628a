import { toHex } from './hex.ts';
import { hasFields } from './validation.ts';

const MAX_CHARACTERS = 500;
/** Only the beginning of a long text is read: it is shown in part, and searching all of it would block the server. */
const MAX_READ = 4_096;
/** More characters than these of identifiers and the like are not searched for: then nothing is shown. */
const MAX_PERSONAL = 32_768;

/** Stands for `[cut]` until the end, so that nothing in the mark itself is cut: a character of the private use area. */
const CUT = '\uE000';

/** The fields of a JSON answer whose texts may be shown. Any other may hold a token or a link. */
const SHOWN = /^(?:code|description|detail|errors?|message|reason|success|title|type)s?$/i;

/** A word for a credential, and what follows it. */
const NAMED =
  /[\w-]*(?:token|secret|signature|hmac|bearer|authorization|api[-_ ]?key|session[-_ ]?id|url|link|href)[\w-]*[^\p{L}\p{N}]{0,8}\S+/giu;

/** What is a credential or a link by its form: JSON Web Tokens, HMAC digests, URLs with or without a scheme. */
const CREDENTIALS = /eyJ[\w-]{4,}(?:\.[\w-]*)*|[0-9a-f]{64}|\w{0,16}:?\/\/\S+|[\w-]+(?:\.[\w-]+)+\/\S+/gi;

/** Characters that could end a line, and so forge one in a log. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * The vendor's text without what must not be shown: credentials, links and `personal`. The secret key is never sent, so
 * the vendor does not repeat it. `undefined` if nothing is left, or if looking for it would take too long.
 */
export function presentableVendorMessage(text: string, personal: readonly string[]): string | undefined {
  const values = [...new Set(personal)].filter((value) => value !== '');
  if (values.reduce((sum, { length }) => sum + length, 0) > MAX_PERSONAL) return undefined;
  let safe = unescaped(jsonWithoutUnknown(text) ?? text).slice(0, MAX_READ);
  // The end may be half of an identifier.
  if (safe.length === MAX_READ) safe = safe.replace(/\S+$/, '');
  safe = safe.replace(CREDENTIALS, CUT).replace(NAMED, (found) => found.replace(/[^\p{L}\p{N}\s_-].*|\s.*/su, CUT));
  // The longest first: one value may hold another.
  for (const value of values.flatMap(spellings).sort((a, b) => b.length - a.length)) safe = withoutValue(safe, value);
  const shown = safe
    .replace(CONTROLS, ' ')
    .replace(/\uE000+/g, '[cut]')
    .trim();
  return shown === '' ? undefined : shown.slice(0, MAX_CHARACTERS);
}

/** A JSON answer with the texts of known fields only; `undefined` if it is not a JSON object or list. */
function jsonWithoutUnknown(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return hasFields(json) ? JSON.stringify(withoutUnknown(json, false)) : undefined;
  } catch {
    return undefined;
  }
}

/** The items of a list are shown if the list is. */
function withoutUnknown(value: unknown, isShown: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutUnknown(item, isShown));
  if (!hasFields(value)) return isShown ? value : CUT;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, withoutUnknown(field, SHOWN.test(name))]),
  );
}

/** Replaces `value` wherever it is, without regard to case. */
function withoutValue(text: string, value: string): string {
  const [foldedText, foldedValue] = [fold(text), fold(value)];
  let rest = '';
  let from = 0;
  for (let at = foldedText.indexOf(foldedValue); at !== -1; at = foldedText.indexOf(foldedValue, from)) {
    rest += text.slice(from, at) + CUT;
    from = at + value.length;
  }
  return rest + text.slice(from);
}

/** Without case, and as long as it was: some letters have a longer capital. */
function fold(text: string): string {
  const sameLength = (changed: string, original: string): string =>
    changed.length === original.length ? changed : original;
  return Array.from(text, (character) => {
    const upper = sameLength(character.toUpperCase(), character);
    return sameLength(upper.toLowerCase(), upper);
  }).join('');
}

/** An identifier as it may be written in the text, once that is unescaped. */
function spellings(value: string): string[] {
  const bytes = new TextEncoder().encode(value);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replace(/=+$/, '');
  const plain = unescaped(value);
  const url = base64.replaceAll('+', '-').replaceAll('/', '_');
  return [
    value,
    plain,
    plain.normalize('NFC'),
    plain.normalize('NFD'),
    plain.replaceAll(' ', '+'),
    base64,
    url,
    toHex(bytes),
  ];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Undoes the escapes of JSON, of JSON in JSON, of HTML and of URLs, also where one is inside another. */
function unescaped(text: string): string {
  let now = text.slice(0, 4 * MAX_READ);
  for (let before = ''; now !== before;) {
    before = now;
    now = now
      .replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
      .replace(/(?<!\\)\\+(["\\/])/g, '$1')
      .replace(/&#(\d{1,5});/g, (_, digits: string) => String.fromCharCode(Number(digits)))
      .replace(/&(amp|lt|gt|quot|apos);/gi, (_, name: string) => ENTITIES[name.toLowerCase()] ?? '')
      .replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
        try {
          return decodeURIComponent(escapes);
        } catch {
          return escapes;
        }
      });
  }
  return now;
}
