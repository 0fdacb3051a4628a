import { Refusal } from './answer.ts';
import type { Country } from './country.ts';
import { FaceVerifyError } from './failure.ts';
import type { Settings } from './options.ts';

/** For whom a session is created. */
export interface SessionParams {
  /** Country of the verification, such as `US`: 1 to 64 printable characters. */
  readonly country?: Country | undefined;
  /**
   * Your id of the user, 1 to 1,024 bytes, sent as it is. The vendor answers with the existing link
   * of an id that it knows, so take it from your own login and never from the visitor.
   */
  readonly uniqueIdentifier?: string;
}

/** A verification session, which says nothing about its outcome. Source: the vendor's page. */
export interface Session {
  readonly sessionId: string;
  /** The page on which the person is verified. Whoever has it can act as that person. */
  readonly url: string;
  /** The vendor's `Token`: a credential, not for the visitor. */
  readonly token: string;
  /** As the vendor sent it. */
  readonly baseUrl: string;
}

const PARAM_NAMES = ['country', 'uniqueIdentifier'] as const satisfies readonly (keyof SessionParams)[];
const MAX_IDENTIFIER_BYTES = 1024;

/** Parameters after their check, with the JSON to sign and send. */
export interface SessionRequest {
  readonly body: string;
  readonly uniqueIdentifier: string | undefined;
}

/** Checks the parameters and writes them as compact JSON, `country` first. */
export function sessionRequest(params: unknown): SessionRequest {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw invalid('The parameters must be an object such as { uniqueIdentifier: user.id }.');
  }
  for (const name of Object.keys(params)) {
    if (!PARAM_NAMES.some((known) => known === name)) {
      throw invalid(`There is no parameter ${JSON.stringify(name)}. Known are: ${PARAM_NAMES.join(', ')}.`);
    }
  }
  // Own keys only: a polluted prototype must not choose whose link this is.
  const country: unknown = Object.hasOwn(params, 'country') ? (params as SessionParams).country : undefined;
  if (country !== undefined) checkCountry(country);
  const head = country === undefined ? '' : `"country":${JSON.stringify(country)}`;
  if (!Object.hasOwn(params, 'uniqueIdentifier')) return { body: `{${head}}`, uniqueIdentifier: undefined };

  const uniqueIdentifier: unknown = (params as SessionParams).uniqueIdentifier;
  checkIdentifier(uniqueIdentifier);
  const comma = head === '' ? '' : ',';
  return { body: `{${head}${comma}"uniqueIdentifier":${JSON.stringify(uniqueIdentifier)}}`, uniqueIdentifier };
}

function checkCountry(country: unknown): void {
  if (typeof country !== 'string' || !/^[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u.test(country)) {
    throw invalid('country must be a string of 1 to 64 printable characters, such as "US".');
  }
}

function checkIdentifier(value: unknown): asserts value is string {
  if (typeof value !== 'string') {
    const found = value === null ? 'null' : typeof value;
    throw invalid(
      `uniqueIdentifier must be a string, but is ${found}: write String(user.id), after making sure that there is a ` +
        'user. Leave the key out only for a session that belongs to nobody.',
    );
  }
  if (value === '') throw invalid('uniqueIdentifier is empty: is there a user?');
  // A character takes at most three bytes in UTF-8 for each UTF-16 unit: most strings need no count.
  if (value.length * 3 > MAX_IDENTIFIER_BYTES && new TextEncoder().encode(value).length > MAX_IDENTIFIER_BYTES) {
    throw invalid(`uniqueIdentifier is longer than ${MAX_IDENTIFIER_BYTES} bytes in UTF-8.`);
  }
  if (/\p{Surrogate}/u.test(value)) {
    throw invalid('uniqueIdentifier holds half of a surrogate pair: it was cut inside a character.');
  }
}

function invalid(message: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', message);
}

/** Reads the vendor's answer; further keys are ignored. */
export function readSession(json: unknown, settings: Settings): Session | Refusal {
  const answer = own(json);
  if (answer?.['success'] === false) return new Refusal('rejected');
  const data = answer?.['success'] === true ? own(answer['data']) : undefined;
  const sessionId = data?.['sessionId'];
  const url = data?.['url'];
  const token = data?.['Token'];
  const baseUrl = data?.['baseUrl'];
  if (typeof sessionId !== 'string' || typeof url !== 'string' || typeof token !== 'string' || typeof baseUrl !== 'string') {
    return new Refusal('bad_response', 'It lacks success, sessionId, url, Token or baseUrl in the documented form.');
  }
  return urlProblem(url, settings) ?? { sessionId, url, token, baseUrl };
}

/** Fields parsed from JSON are own ones; a copy without a prototype hides all others. */
function own(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

/** A link that leads elsewhere would make the mounted route an open redirect. */
function urlProblem(url: string, { baseUrl, sessionHosts }: Settings): Refusal | undefined {
  let parsed: URL;
  try {
    // Without "//" a browser reads "https:host" as a path of the page that it is on.
    if (!/^https?:\/\/[\x21-\x7e]+$/i.test(url) || url.includes('\\')) throw new TypeError('not absolute');
    parsed = new URL(url);
  } catch {
    return new Refusal('bad_response', 'Its url is not an absolute http(s) URL of printable ASCII.');
  }
  const secure = parsed.protocol === 'https:' || (parsed.protocol === 'http:' && baseUrl.startsWith('http:'));
  if (!secure) return new Refusal('bad_response', 'Its url is not https.');
  if (parsed.username !== '' || parsed.password !== '') return new Refusal('bad_response', 'Its url holds user info.');
  if (!sessionHosts.has(parsed.host)) {
    return new Refusal('bad_response', 'Its url is on another host than baseUrl. If that is right, add the host to the option sessionHosts.');
  }
  return undefined;
}
