import { hex } from './hex.ts';

const MAX_CHARACTERS = 500;
const CUT = '[cut]';
/** Beyond this many characters to go through the text is withheld: to search it would block the server. */
const MAX_WORK = 5_000_000;

/** What may be a credential or a link whoever it belongs to: JSON Web Tokens, HMAC digests, URLs. */
const CREDENTIALS = /eyJ[\w-]{4,}(?:\.[\w-]*)*|\b[0-9a-f]{64}\b|\b[a-z]\w{0,15}:\/\/\S+/gi;

/** Could end a line, and so forge one in a log. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/**
 * The vendor's text without anything that must not be shown: `secrets` in each common encoding,
 * tokens, digests and links. Cut first and shortened afterwards, so that no half of one stays.
 */
export function presentableVendorMessage(text: string, secrets: readonly (string | Uint8Array)[]): string | undefined {
  const plain = unescaped(text);
  const distinct = new Set(secrets);
  let work = 0;
  for (const { length } of distinct) work += length + plain.length;
  if (work > MAX_WORK) return undefined;
  const safe = cut(plain, new Set([...distinct].flatMap(formsOf)))
    .replace(CREDENTIALS, CUT)
    .replace(CONTROLS, ' ')
    .trim();
  return safe === '' ? undefined : safe.slice(0, MAX_CHARACTERS);
}

/** Every common spelling of a secret. */
function formsOf(secret: string | Uint8Array): string[] {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  const text = typeof secret === 'string' ? secret : new TextDecoder().decode(secret);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replace(/=+$/, '');
  return [
    text,
    unescaped(text),
    text.replaceAll(' ', '+'),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    hex(bytes),
  ];
}

const WHITE_SPACE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Undoes what JSON, HTML and URLs do to a text, so that one spelling of a secret stands for all. */
function unescaped(text: string): string {
  return (
    text
      // Each run of backslashes is begun once: from every one of them, a long run would take seconds.
      .replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
      .replace(/(?<!\\)\\+([nrtbf])/g, (_, name: string) => WHITE_SPACE[name] ?? name)
      .replace(/(?<!\\)\\+(["\\/])/g, '$1')
      .replace(
        /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,4}));/gi,
        (whole, decimal?: string, digits?: string, name?: string) =>
          name === undefined
            ? String.fromCodePoint(decimal === undefined ? Number.parseInt(digits ?? '', 16) : Number(decimal))
            : (ENTITIES[name.toLowerCase()] ?? whole),
      )
      .replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
        try {
          return decodeURIComponent(escapes);
        } catch {
          return escapes;
        }
      })
  );
}

/**
 * Cuts out credentials, and whatever any of `forms` covers, without regard to case, as hexadecimal digits and host
 * names are. All are found first: a short form within a credential must not leave the rest of it unrecognised.
 */
function cut(text: string, forms: ReadonlySet<string>): string {
  const folded = fold(text);
  const covered = new Uint8Array(text.length);
  for (const { 0: credential, index } of text.matchAll(CREDENTIALS)) covered.fill(1, index, index + credential.length);
  for (const each of forms) {
    if (each === '' || each.length > text.length) continue;
    const form = fold(each);
    for (let at = folded.indexOf(form); at !== -1; at = folded.indexOf(form, at + form.length)) {
      covered.fill(1, at, at + form.length);
    }
  }
  let kept = '';
  for (let at = 0, end = 0; at < text.length; at = end) {
    while (end < text.length && covered[end] === covered[at]) end++;
    kept += covered[at] === 1 ? CUT : text.slice(at, end);
  }
  return kept;
}

/** Without case, and as long as it was: in a word the case may depend on what follows, and change the length. */
function fold(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toUpperCase();
  return Array.from(text, (character) => {
    const small = sameLength(character.toLowerCase(), character);
    return sameLength(small.toUpperCase(), small);
  }).join('');
}

function sameLength(changed: string, original: string): string {
  return changed.length === original.length ? changed : original;
}
