/** Everything that a signature is made of, each part free to be changed. */
export interface Parts {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  /** The path as fetch would send it. */
  readonly sentPath: string;
  readonly query: string;
  readonly apiKey: string;
  readonly contentType: string;
  readonly body: string;
  readonly secretKey: string | Uint8Array;
  readonly lineEnd: string;
}

/** A usual mistake that was found. */
export interface SignatureMistake {
  /** A stable word for it, such as `content_type`. */
  readonly name: string;
  /** What was done and what to do instead. */
  readonly advice: string;
}

interface Mistake extends SignatureMistake {
  /** The parts as they are after the mistake; what changes nothing is harmless. */
  variants(parts: Parts): readonly Partial<Parts>[];
}

/** The string that is signed. */
export function stringToSign({ method, path, query, apiKey, contentType, body, lineEnd }: Parts): string {
  return [method, path, query, apiKey, contentType, body].join(lineEnd);
}

/** The usual mistakes, the likeliest first. */
export const MISTAKES: readonly Mistake[] = [
  {
    name: 'body_serialised_again',
    advice: 'Another text of the same JSON was signed than was sent: serialise once, sign and send that very string.',
    variants: ({ body }) => otherTexts(body).map((text) => ({ body: text })),
  },
  {
    name: 'content_type',
    advice:
      'The content type was signed differently than it was sent, mostly with a charset: use application/json in both places.',
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
    advice: 'The method was signed in lower case: sign it in upper case, as it is sent.',
    variants: ({ method }) => [{ method: method.toLowerCase() }, { method: method.toUpperCase() }],
  },
  {
    name: 'key_white_space',
    advice: 'A blank or a line end belongs to the API key or the secret: it was copied along. Trim both.',
    variants: ({ apiKey, secretKey }) => [
      ...spacings(apiKey).map((other) => ({ apiKey: other })),
      ...(typeof secretKey === 'string' ? spacings(secretKey).map((other) => ({ secretKey: other })) : []),
    ],
  },
  {
    name: 'keys_exchanged',
    advice: 'API key and secret key are exchanged: the secret signs, the API key is sent.',
    variants: ({ apiKey, secretKey }) =>
      typeof secretKey === 'string' && apiKey !== '' ? [{ apiKey: secretKey, secretKey: apiKey }] : [],
  },
  {
    name: 'secret_encoding',
    advice:
      'The secret was decoded from hex or base64 before use, or was not: use its characters as they are, in UTF-8.',
    variants: ({ secretKey }) => otherSecrets(secretKey).map((other) => ({ secretKey: other })),
  },
  {
    name: 'trailing_slash',
    advice: 'The path was signed with a slash at its end and sent without, or the other way round.',
    variants: ({ path }) => [{ path: path.endsWith('/') ? path.slice(0, -1) : `${path}/` }],
  },
  {
    name: 'query_encoding',
    advice:
      'The query was encoded differently, or left out: build it with URLSearchParams, sign and send what that prints.',
    variants: ({ query }) => otherQueries(query).map((other) => ({ query: other })),
  },
  {
    name: 'path',
    advice: 'Something else than the path was signed: sign what stands between the host and the "?", percent-encoded.',
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
    advice: 'Another body was signed than was sent, or none: sign the very text that is sent.',
    variants: () => ['', '{}', '[object Object]', 'undefined', 'null'].map((body) => ({ body })),
  },
  {
    name: 'line_end',
    advice: 'The lines were joined differently: join them with a single line feed ("\\n"), with none at the end.',
    variants: ({ body }) => [
      { body: `${body}\n` },
      { body: body.trim() },
      ...['\r\n', '\\n', '', ' ', '|'].map((lineEnd) => ({ lineEnd })),
    ],
  },
];

function spacings(key: string): string[] {
  return [key.trim(), `${key}\n`, `${key}\r\n`, `${key}\r`, `${key} `, ` ${key}`, `"${key}"`, `'${key}'`].filter(
    (other) => other !== key && other !== '',
  );
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

/** Percent-encoded where that can be done. */
export function encoded(text: string, encode: (text: string) => string): string {
  try {
    return encode(text);
  } catch {
    return text; // A lone surrogate has no encoding.
  }
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

/** JSON with everything but ASCII as escapes, as Python and PHP write it. */
export function asciiOnly(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, escapedUnit);
}

/** The escape of a character of one unit. */
export function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
