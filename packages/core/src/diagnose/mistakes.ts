import { asciiOnly, encoded, type Parts } from './string-to-sign.ts';

/** A usual mistake. */
export interface SignatureMistake {
  /** A stable name, such as `content_type`. */
  readonly name: string;
  /** What went wrong, and how to fix it. */
  readonly advice: string;
}

interface Mistake extends SignatureMistake {
  /** The parts after the mistake. */
  variants(parts: Parts): readonly Partial<Parts>[];
}

/** The usual mistakes, the most likely first. */
export const MISTAKES: readonly Mistake[] = [
  {
    name: 'body_serialised_again',
    advice:
      'The JSON that was signed is not the text that was sent. Serialise it once, then sign and send that string.',
    variants: ({ body }) => otherTexts(body).map((text) => ({ body: text })),
  },
  {
    name: 'content_type',
    advice:
      'The content type that was signed is not the one that was sent, often because of a charset. Use application/json in both places.',
    variants: ({ contentType }) =>
      [
        'application/json',
        'application/json; charset=utf-8',
        'application/json;charset=utf-8',
        'application/json; charset=UTF-8',
        'application/json;charset=UTF-8',
        contentType.split(';')[0] ?? '',
        contentType.toLowerCase(),
        'text/plain;charset=UTF-8',
        'application/x-www-form-urlencoded',
        '',
        'undefined',
      ].map((other) => ({ contentType: other })),
  },
  {
    name: 'method_case',
    advice: 'The method was signed in lower case. Sign it in upper case, as it is sent.',
    variants: ({ method }) => [{ method: method.toLowerCase() }, { method: method.toUpperCase() }],
  },
  {
    name: 'key_white_space',
    advice: 'The API key or the secret key was used with a space or a line end that was copied with it. Trim both.',
    variants: ({ apiKey, secretKey }) => keyVariants(apiKey, secretKey, withSpace),
  },
  {
    name: 'key_quotes',
    advice: 'The API key or the secret key was used with the quotes around it, or has them by mistake. Remove them.',
    variants: ({ apiKey, secretKey }) => keyVariants(apiKey, secretKey, withQuotes),
  },
  {
    name: 'keys_exchanged',
    advice: 'The API key and the secret key are swapped. Sign with the secret key, and send the API key.',
    variants: ({ apiKey, secretKey }) =>
      typeof secretKey === 'string' && apiKey !== '' ? [{ apiKey: secretKey, secretKey: apiKey }] : [],
  },
  {
    name: 'secret_encoding',
    advice:
      'The secret key was decoded from, or encoded to, hex or base64 before use. Use the UTF-8 bytes of its characters.',
    variants: ({ secretKey }) => otherSecrets(secretKey).map((other) => ({ secretKey: other })),
  },
  {
    name: 'trailing_slash',
    advice: 'The path was signed with a trailing slash and sent without one, or the other way round.',
    variants: ({ path }) => [{ path: path.endsWith('/') ? path.slice(0, -1) : `${path}/` }],
  },
  {
    name: 'query_encoding',
    advice:
      'The query that was signed is encoded differently, or left out. Build it with URLSearchParams, then sign and send that text.',
    variants: ({ query }) => otherQueries(query).map((other) => ({ query: other })),
  },
  {
    name: 'path',
    advice: 'What was signed as the path is not the path. Sign the part between the host and the "?", percent-encoded.',
    variants: ({ url, path, sentPath, query }) => [
      { path: sentPath },
      { path: url },
      { path: url.split(/[?#]/)[0] ?? '' },
      { path: query === '' ? path : `${path}?${query}` },
      { path: path.split(';')[0] ?? '' },
      { path: path.replace(/^\//, '') },
      { path: path.replace(/^\/api\/v1/, '') },
      { path: path.replace(/^\/api/, '') },
      { path: decoded(path) },
      { path: encoded(decoded(path), encodeURI) },
    ],
  },
  {
    name: 'body_left_out',
    advice: 'The body that was signed is not the body that was sent, or is empty. Sign the text that is sent.',
    variants: () => ['', '{}', '[object Object]', 'undefined', 'null'].map((body) => ({ body })),
  },
  {
    name: 'line_end',
    advice: 'The lines were joined differently. Join them with a single line feed ("\\n"), and add none at the end.',
    variants: ({ body }) => [
      { body: `${body}\n` },
      { body: body.trim() },
      ...['\r\n', '\\n', '', ' ', '|'].map((lineEnd) => ({ lineEnd })),
    ],
  },
];

function keyVariants(
  apiKey: string,
  secretKey: string | Uint8Array,
  others: (key: string) => readonly string[],
): Partial<Parts>[] {
  const isOther = (key: string, original: string): boolean => key !== original && key !== '';
  const secrets = typeof secretKey === 'string' ? others(secretKey).filter((key) => isOther(key, secretKey)) : [];
  return [
    ...others(apiKey)
      .filter((key) => isOther(key, apiKey))
      .map((key) => ({ apiKey: key })),
    ...secrets.map((key) => ({ secretKey: key })),
  ];
}

function withSpace(key: string): string[] {
  return [key.trim(), `${key}\n`, `${key}\r\n`, `${key}\r`, `${key} `, ` ${key}`];
}

function withQuotes(key: string): string[] {
  return [`"${key}"`, `'${key}'`, key.replace(/^(["'])(.*)\1$/s, '$2')];
}

function otherSecrets(secret: string | Uint8Array): (string | Uint8Array)[] {
  if (typeof secret !== 'string') return [];
  const others: (string | Uint8Array)[] = [];
  if (/^(?:[0-9a-f]{2})+$/i.test(secret)) {
    others.push(Uint8Array.from(secret.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
  }
  const base64 = secret.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (/^[A-Za-z0-9+/]+$/.test(base64) && base64.length % 4 !== 1) {
    others.push(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  }
  const bytes = Array.from(new TextEncoder().encode(secret), (byte) => String.fromCharCode(byte));
  return [...others, btoa(bytes.join(''))];
}

function otherQueries(query: string): string[] {
  const pairs = [...new URLSearchParams(query)];
  const percent = pairs
    .map(([name, value]) => `${encoded(name, encodeURIComponent)}=${encoded(value, encodeURIComponent)}`)
    .join('&');
  const sorted = new URLSearchParams(query);
  sorted.sort();
  return [
    new URLSearchParams(query).toString(),
    percent,
    sorted.toString(),
    decoded(query),
    decoded(query.replaceAll('+', ' ')),
    `?${query}`,
    query.replace(/^\?/, ''),
    '',
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** How other serialisers would write the same JSON; nothing where `body` is none. */
function otherTexts(body: string): string[] {
  try {
    return textsOf(JSON.parse(body));
  } catch {
    return []; // No JSON, or nested too deeply to be written again.
  }
}

function textsOf(value: unknown): string[] {
  const orders = isObject(value)
    ? [value, Object.fromEntries(Object.entries(value).reverse()), Object.fromEntries(Object.entries(value).sort())]
    : [value];
  return orders.flatMap((ordered) => {
    const compact = JSON.stringify(ordered);
    const spaced = withSpaces(ordered);
    return [
      compact,
      spaced, // Python's json.dumps with ensure_ascii=False
      asciiOnly(spaced), // Python's json.dumps
      asciiOnly(compact),
      compact.replaceAll('/', '\\/'),
      asciiOnly(compact).replaceAll('/', '\\/'), // PHP's json_encode
      JSON.stringify(ordered, null, 2),
      JSON.stringify(ordered, null, 4),
      JSON.stringify(ordered, null, '\t'),
      JSON.stringify(compact), // Serialised twice
    ];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withSpaces(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(withSpaces).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, field]) => `${JSON.stringify(name)}: ${withSpaces(field)}`)
    .join(', ')}}`;
}
