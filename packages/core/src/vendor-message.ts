const MAX_CHARACTERS = 500;
const CUT = '[cut]';

/** What in a text may be a credential whoever it belongs to: JSON Web Tokens and HMAC digests. */
const CREDENTIALS = /eyJ[\w-]{4,}(?:\.[\w-]*)*|\b[0-9a-f]{64}\b|\b[a-z][a-z0-9+.-]*:\/\/\S+/gi;

/**
 * The vendor's text without anything that must not be shown: `secrets` in each common encoding,
 * tokens, digests and links. Cut first and shortened afterwards, so that no half of one stays.
 */
export function presentableVendorMessage(text: string, secrets: readonly (string | Uint8Array)[]): string | undefined {
  let safe = text;
  const forms = new Set(secrets.flatMap(encodings).filter((form) => form !== ''));
  for (const form of [...forms].sort((a, b) => b.length - a.length)) safe = cut(safe, form);
  // eslint-disable-next-line no-control-regex -- Control characters could forge lines in a log.
  safe = safe.replace(CREDENTIALS, CUT).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  if (safe === '') return undefined;
  return safe.length > MAX_CHARACTERS ? safe.slice(0, MAX_CHARACTERS) : safe;
}

function cut(text: string, form: string): string {
  const lower = text.toLowerCase();
  const wanted = form.toLowerCase();
  // Lower-casing may change the length of some scripts: then only the exact form can be found.
  if (lower.length !== text.length || wanted.length !== form.length) return text.replaceAll(form, CUT);
  let out = '';
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    out += text.slice(from, at) + CUT;
    from = at + wanted.length;
  }
  return out + text.slice(from);
}

function encodings(value: string | Uint8Array): string[] {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  const secret = typeof value === 'string' ? value : new TextDecoder().decode(value);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const base64 = btoa(binary).replace(/=+$/, '');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3), // In a text of JSON that is in JSON itself.
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  ];
}
