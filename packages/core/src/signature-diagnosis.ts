import type { HmacSha256 } from './platform/platform.ts';
import {
  asciiOnly,
  encoded,
  escapedUnit,
  MISTAKES,
  type Parts,
  type SignatureMistake,
  stringToSign,
} from './signing-mistakes.ts';

/** What a signature was made of, as far as that can be found out. */
export interface SignatureExplanation {
  /** Whether the signature is right for the request as given. */
  readonly valid: boolean;
  /** The string to sign, every line end shown as `\n`; the API key's line tells its length, and the secret is cut out in its usual spellings. */
  readonly stringToSign: string;
  /** The mistakes that together give this signature; empty where none of the usual ones does. */
  readonly mistakes: readonly SignatureMistake[];
  /** All of that in words, for a terminal. */
  readonly summary: string;
}

/**
 * Loads this file. It is a seventh of the core and for development alone: on Node, an app that never asks never reads
 * it. Nothing that it needs is shared with the rest, or Node would have to load a third file at once.
 */
export type LoadDiagnosis = () => Promise<{ readonly diagnose: typeof diagnose }>;

/** What is to be explained. */
export interface Suspect {
  readonly parts: Parts;
  /** As it was given, since bytes need not be text. */
  readonly body: string | Uint8Array;
  /** The signature in lower-case hex. */
  readonly digest: string;
  /** Mistakes in how the signature is written. */
  readonly writing: readonly SignatureMistake[];
  /** What may be read in two ways in the request. */
  readonly ambiguity: readonly SignatureMistake[];
}

/** The text was signed that the bytes stand for, where they begin with a byte order mark or are no UTF-8. */
const OTHER_BYTES: SignatureMistake = {
  name: 'body_bytes',
  advice:
    'The text of the body was signed, but other bytes were sent, such as a byte order mark: send what was signed.',
};

/** Longer bodies are tried with single mistakes only: a thousand pairs of them would take seconds. */
const MAX_BODY_FOR_PAIRS = 16_384;

/** Tries the usual mistakes, alone and in pairs, until one gives the signature. */
export async function diagnose(hmacSha256: HmacSha256, suspect: Suspect): Promise<SignatureExplanation> {
  const { parts, body, digest, writing, ambiguity } = suspect;
  const matches = async (candidate: Parts): Promise<boolean> =>
    (await hmacSha256(candidate.secretKey)('', stringToSign(candidate))) === digest;

  const exact = await hmacSha256(parts.secretKey)(stringToSign({ ...parts, body: '' }), body);
  const otherBytes = async (): Promise<SignatureMistake[] | undefined> =>
    (await matches(parts)) ? [OTHER_BYTES] : undefined;
  const found = exact === digest ? [] : ((await otherBytes()) ?? (await find(parts, matches)));
  const mistakes = [...(found === undefined ? [] : [...writing, ...found]), ...ambiguity];
  const valid = found !== undefined && mistakes.length === 0;
  const shown = presentable(parts);
  return { valid, stringToSign: shown, mistakes, summary: summarise(valid, shown, mistakes) };
}

async function find(
  parts: Parts,
  matches: (candidate: Parts) => Promise<boolean>,
): Promise<SignatureMistake[] | undefined> {
  for (const first of MISTAKES) {
    for (const variant of first.variants(parts)) {
      if (await matches({ ...parts, ...variant })) return [first];
    }
  }
  if (parts.body.length > MAX_BODY_FOR_PAIRS) return undefined;
  for (const [index, first] of MISTAKES.entries()) {
    for (const variant of first.variants(parts)) {
      const once = { ...parts, ...variant };
      for (const second of MISTAKES.slice(index + 1)) {
        for (const further of second.variants(once)) {
          if (await matches({ ...once, ...further })) return [first, second];
        }
      }
    }
  }
  return undefined;
}

/** The string to sign with its line ends visible, a line each. */
function presentable(parts: Parts): string {
  const hidden = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? withoutKeys(part, parts) : part]),
  );
  // Not a character of it: keys are exchanged easily, and then it is the secret.
  const apiKey = `[API key of ${parts.apiKey.length} characters]`;
  const whole = stringToSign({ ...parts, ...hidden, apiKey, lineEnd: parts.lineEnd });
  return whole.replaceAll('\r', '\\r').replaceAll('\n', '\\n\n').replaceAll('\t', '\\t');
}

/** A key may stand in a URL or a body by mistake. An API key of a few characters is a word as any other. */
function withoutKeys(text: string, { apiKey, secretKey }: Parts): string {
  const secret = typeof secretKey === 'string' ? secretKey : new TextDecoder().decode(secretKey);
  let left = text;
  const ofSecret = new Set([secret, secret.trim()].flatMap(spellings));
  for (const form of ofSecret) left = left.replaceAll(form, '[secret]');
  if (apiKey.length >= 8) for (const form of spellings(apiKey)) left = left.replaceAll(form, '[API key]');
  return left;
}

/** How a key is usually written in JSON and in URLs, the longest first. */
function spellings(key: string): string[] {
  const json = JSON.stringify(key).slice(1, -1);
  const bytes = Array.from(new TextEncoder().encode(key));
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
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
  // Each once, since a label may hold a key such as "secret".
  return [...new Set(all)].filter((form) => form !== '').sort((a, b) => b.length - a.length);
}

function summarise(valid: boolean, shown: string, mistakes: readonly SignatureMistake[]): string {
  const verdict = valid
    ? 'The signature is right.'
    : mistakes.length > 0
      ? ['The signature is wrong:', ...mistakes.map(({ advice }) => `- ${advice}`)].join('\n')
      : 'The signature is wrong, and none of the usual mistakes gives it. Compare the string below with the one ' +
        'that was signed, byte by byte, and make sure that key and secret belong together.';
  return `${verdict}\n\nThe string to sign, each line end shown as \\n:\n${shown}`;
}
