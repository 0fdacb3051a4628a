import { Buffer } from 'node:buffer';

/** Something that must not be found, with the word for it in a failed test. */
export interface Secret {
  readonly what: string;
  readonly value: string;
}

/** The words for all `secrets` that `text` holds: as they are, or in base64, hex or URL-encoded. */
export function leaksIn(text: string, secrets: readonly Secret[]): string[] {
  const haystack = text.toLowerCase();
  const leaks: string[] = [];
  for (const { what, value } of secrets) {
    for (const [form, written] of Object.entries(formsOf(value))) {
      if (haystack.includes(written.toLowerCase())) leaks.push(`${what}, ${form}`);
    }
  }
  return leaks;
}

function formsOf(value: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(value);
  return {
    'as it is': value,
    'in JSON': JSON.stringify(value).slice(1, -1),
    'URL-encoded': encodeURIComponent(value),
    'in a form': new URLSearchParams({ '': value }).toString().slice(1),
    'in base64': bytes.toString('base64').replace(/=+$/, ''),
    'in base64url': bytes.toString('base64url'),
    'in hex': bytes.toString('hex'),
  };
}
