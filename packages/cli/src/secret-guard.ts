/** Replaces a secret in texts. */
export interface SecretGuard {
  /** The text with `[secret]` in place of every usual spelling of it. */
  readonly hide: (text: string) => string;
  readonly isIn: (text: string) => boolean;
}

/** Encodings of fewer characters are found in texts by chance. */
const MIN_LENGTH_OF_ENCODED = 6;

/** Finds a secret in plain text, JSON, URLs, hex and base64, in upper and lower case. */
export function guardOf(secretKey: string): SecretGuard {
  const forms = [...new Set(spellingsOf(secretKey))].sort((a, b) => b.length - a.length);
  const escaped = forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const pattern = new RegExp(escaped.join('|'), 'gi');
  return { hide: (text) => text.replace(pattern, '[secret]'), isIn: (text) => text.search(pattern) !== -1 };
}

function spellingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const plain = [
    secret,
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[<>&]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    url,
    url.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`),
    encodeURIComponent(url),
    encodeURI(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
  ];
  if (secret.length < MIN_LENGTH_OF_ENCODED) return plain;
  const bytes = Buffer.from(secret);
  return [
    ...plain,
    bytes.toString('hex'),
    ...(['base64', 'base64url'] as const).flatMap((encoding) =>
      // Within a longer text it may begin at any of three places of a group of base64.
      [0, 1, 2].map((before) => {
        const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
        const encoded = shifted.toString(encoding);
        return encoded.slice(Math.ceil((before * 8) / 6), Math.floor((shifted.length * 8) / 6));
      }),
    ),
  ];
}
