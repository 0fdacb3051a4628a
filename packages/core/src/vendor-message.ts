import { hex } from './hex.ts';

const MAX_CHARACTERS = 500;
const CUT = '[cut]';
/** Beyond this many secrets times characters the text is withheld: to search it would block the server. */
const MAX_WORK = 20_000_000;

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
  let safe = unescaped(text);
  const fitting = secrets.filter(({ length }) => length > 0 && length <= safe.length);
  if (fitting.length * safe.length > MAX_WORK) return undefined;
  const forms = new Set(fitting.flatMap(formsOf));
  for (const form of [...forms].sort((a, b) => b.length - a.length)) safe = cut(safe, form);
  safe = safe.replace(CREDENTIALS, CUT).replace(CONTROLS, ' ').trim();
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
  return text
    .replace(/\\+u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/\\+([nrtbf])/g, (_, name: string) => WHITE_SPACE[name] ?? name)
    .replace(/\\+(["\\/])/g, '$1')
    .replace(
      /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,4}));/gi,
      (whole, decimal?: string, digits?: string, name?: string) =>
        name === undefined
          ? String.fromCharCode(decimal === undefined ? Number.parseInt(digits ?? '', 16) : Number(decimal))
          : (ENTITIES[name.toLowerCase()] ?? whole),
    )
    .replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
      try {
        return decodeURIComponent(escapes);
      } catch {
        return escapes;
      }
    });
}

/** Without regard to case, as hexadecimal digits and host names are. */
function cut(text: string, form: string): string {
  if (form === '') return text;
  const lower = text.toLowerCase();
  const wanted = form.toLowerCase();
  // Lower-casing may change the length of some scripts: then only the exact form can be found.
  if (lower.length !== text.length || wanted.length !== form.length) return text.replaceAll(form, CUT);
  const kept: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    kept.push(text.slice(from, at));
    from = at + wanted.length;
  }
  return [...kept, text.slice(from)].join(CUT);
}
