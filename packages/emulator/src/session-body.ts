/** What a session is asked for with. Source: the vendor's page, "Body". */
export interface SessionBody {
  readonly country: string | undefined;
  readonly uniqueIdentifier: string | undefined;
}

const NAMES: readonly string[] = ['country', 'uniqueIdentifier'] satisfies (keyof SessionBody)[];

/** The parameters in a body, or a sentence that says what is wrong with it. */
export function readSessionBody(bytes: Uint8Array): SessionBody | string {
  if (bytes.byteLength === 0) return 'The body is empty: send JSON, and {} for a session that belongs to nobody.';
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return 'The body is not JSON in UTF-8.'; // The parser's own message would quote the text.
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'The body is not a JSON object.';

  const unknown = Object.keys(json).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    const shown = JSON.stringify(unknown.slice(0, 64));
    return `The body has a field ${shown}. The documented ones are ${NAMES.join(' and ')}.`;
  }
  const { country, uniqueIdentifier }: { country?: unknown; uniqueIdentifier?: unknown } = json;
  if (country !== undefined && !isText(country)) return 'country is not a string such as "US".';
  if (uniqueIdentifier !== undefined && !isText(uniqueIdentifier)) {
    return 'uniqueIdentifier is not a string, or empty: send String(user.id), or leave the field out.';
  }
  return { country, uniqueIdentifier };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
