import { hex } from './hex.ts';

const MAX_CHARACTERS = 500;

/** What may be a credential or a link whoever it belongs to: JSON Web Tokens, HMAC digests, URLs. */
const CREDENTIALS = String.raw`eyJ[\w-]{4,}(?:\.[\w-]*)*|\b[0-9a-f]{64}\b|\b[a-z][a-z0-9+.-]*://\S+`;

/** Could end a line, and so forge one in a log. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/**
 * The vendor's text without anything that must not be shown: `secrets` in each common encoding,
 * tokens, digests and links. Cut first and shortened afterwards, so that no half of one stays.
 */
export function presentableVendorMessage(text: string, secrets: readonly (string | Uint8Array)[]): string | undefined {
  const forms = secrets
    .flatMap(encodings)
    .filter((form) => form !== '')
    .sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/\W/g, String.raw`\$&`));
  const unwanted = new RegExp([...forms, CREDENTIALS].join('|'), 'gi');
  const safe = text.replace(unwanted, '[cut]').replace(CONTROLS, ' ').trim();
  return safe === '' ? undefined : safe.slice(0, MAX_CHARACTERS);
}

function encodings(secret: string | Uint8Array): string[] {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  const text = typeof secret === 'string' ? secret : new TextDecoder().decode(secret);
  const base64 = btoa(String.fromCharCode(...bytes)).replace(/=+$/, '');
  return [
    text,
    escaped(text),
    escaped(escaped(text)), // A text of JSON that stands in JSON itself.
    encodeURIComponent(text),
    new URLSearchParams([['', text]]).toString().slice(1),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    hex(bytes),
  ];
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
