/** The parameters of a session. Source: the vendor's page, "Body". */
export interface SessionBody {
  readonly country: string | undefined;
  readonly uniqueIdentifier: string | undefined;
}

const FIELDS: readonly string[] = ['country', 'uniqueIdentifier'] satisfies (keyof SessionBody)[];

/** Reads the parameters from a body, or returns a sentence that says what is wrong with it. */
export function readSessionBody(bytes: Uint8Array): SessionBody | string {
  if (bytes.byteLength === 0) return 'The body is empty. Send JSON: {} creates a session without an identifier.';
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return 'The body is not JSON in UTF-8.'; // Not the parser's message, which quotes the body.
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'The body is not a JSON object.';

  const unknown = Object.keys(json).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) {
    const shown = JSON.stringify(unknown.slice(0, 64));
    return `The body has an unknown field ${shown}. The documented fields are ${FIELDS.join(' and ')}.`;
  }
  const { country, uniqueIdentifier }: { country?: unknown; uniqueIdentifier?: unknown } = json;
  if (country !== undefined && !isNonEmptyString(country)) return 'country must be a string such as "US".';
  if (uniqueIdentifier !== undefined && !isNonEmptyString(uniqueIdentifier)) {
    return 'uniqueIdentifier must be a string that is not empty. Send the id of the user as a string, or omit the field.';
  }
  return { country, uniqueIdentifier };
}

function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
