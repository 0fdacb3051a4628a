import { hasFields } from './validation.ts';

const MAX_CHARACTERS = 500;
/** Only the beginning of a long text is read: it is shown in part, and searching all of it would block the server. */
const MAX_READ = 2_048;
/** More characters than these of identifiers and the like are not searched for: then nothing is shown. */
const MAX_PERSONAL = 32_768;
const CUT = '[cut]';

/** The fields of a JSON answer whose texts may be shown. Any other may hold a token or a link. */
const SHOWN = /^(?:code|description|detail|error|message|reason|success|title|type)s?$/i;

/** Marks before, what is between, and marks after. */
const MARKED = /^(["'([{]*)(.*?)(["')\]},:;.!?]*)$/su;

const NUMBER = /^\d{1,4}$/;

/** A word for a credential: what follows it may be one, but for these words. */
const CREDENTIAL =
  /token|secret|signature|hmac|bearer|authorization|pass(?:word|code)|\b(?:key|id|pin|otp)\b|api.?key|session.?id|url|link|href/i;
const NO_CREDENTIAL =
  /^(?:is|are|was|does|not|the|of|for|header|field|expired|failed|invalid|match|missing|required|unknown|wrong)$/i;

/** A text that begins like JSON, but is none. */
const BROKEN_JSON = /^\s*(?:\{|\[\s*["[{])/;

/**
 * The plain words of the vendor's text, without those of `personal`. The secret key is never sent, so the vendor does
 * not repeat it. `undefined` if nothing is left, or if looking for it would take too long.
 */
export function presentableVendorMessage(text: string, personal: readonly string[]): string | undefined {
  // Anything but plain words may be secret. Created here: Unicode classes would take half a millisecond of the import.
  const WORD = /^(?:\p{Lu}?[\p{Ll}\p{Lo}\p{M}]{1,20}|\p{Lu}{1,20}(?:_\p{Lu}{1,20})*|uniqueIdentifier)$/u;
  const NO_LETTERS = /[^\p{L}\p{M}\p{N}]+/u;
  const values = [...new Set(personal.map(fold))].filter((value) => value !== '');
  if (values.reduce((sum, { length }) => sum + length, 0) > MAX_PERSONAL) return undefined;
  const parts = new Set(values.flatMap((value) => value.split(NO_LETTERS)));
  const isOfNobody = (word: string): boolean => {
    const isLong = word.length > (NUMBER.test(word) ? 2 : 4);
    return !parts.has(word) && !values.some((value) => word.includes(value) || (isLong && value.includes(word)));
  };
  let mayBeCredential = false;
  let wasScrap = false;
  const shown = beginningOf(textsOfJson(text) ?? (BROKEN_JSON.test(text) ? '' : text)).map((marked) => {
    const [, before = '', inner = '', after = ''] = MARKED.exec(marked) ?? [];
    if (inner.split(NO_LETTERS).join('') === '') return inner === '' ? marked : CUT;
    const isPlain = NUMBER.test(inner) || inner.split(/['’-]/).every((word) => WORD.test(word));
    const isCredential = mayBeCredential && !NO_CREDENTIAL.test(inner);
    // Numbers or characters in a row may be an identifier or a signature.
    const isScrap = NUMBER.test(inner) || inner.length === 1;
    const isSafe = !isCredential && !(isScrap && wasScrap) && fold(inner).split(NO_LETTERS).every(isOfNobody);
    wasScrap = isScrap;
    mayBeCredential = (CREDENTIAL.test(inner) || (mayBeCredential && !isCredential)) && !/[.!?;]$/.test(after);
    return isPlain && isSafe ? before + inner + after : CUT;
  });
  const line = shown.join(' ').replace(/\[cut\](?: \[cut\])+/g, CUT);
  return line === '' ? undefined : line.slice(0, MAX_CHARACTERS);
}

/** What the known fields of a JSON answer say; `undefined` if it is not a JSON object or list. */
function textsOfJson(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return hasFields(json) ? textsOf(json, '').join('; ') : undefined;
  } catch {
    return undefined;
  }
}

/** The items of a list are shown if the list is, but for numbers: they may be bytes. */
function textsOf(value: unknown, name: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => (typeof item === 'number' ? [] : textsOf(item, name)));
  if (hasFields(value)) return Object.entries(value).flatMap(([field, inner]) => textsOf(inner, field));
  return SHOWN.test(name) ? [`${name}: ${String(value)}`] : [];
}

/** Split at blanks, line ends and the tags of HTML. The end of a long text may be half of an identifier. */
function beginningOf(text: string): string[] {
  const words = text
    .slice(0, MAX_READ)
    .replace(/<[^<>]{0,200}>/g, ' $& ')
    .split(/\s+/)
    .filter((word) => word !== '');
  return text.length > MAX_READ ? words.slice(0, -1) : words;
}

/** Without case, and without the differences of Unicode that cannot be seen. */
function fold(text: string): string {
  return text.normalize('NFKD').toLowerCase().toUpperCase();
}
