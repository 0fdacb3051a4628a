import type { Country } from './country.ts';
import { Failure } from './errors.ts';
import type { Settings } from './options.ts';
import { type HttpResponse, readJson, unusable } from './response.ts';
import {
  checkNames,
  invalidParams,
  isLoopback,
  isPlainObject,
  isString,
  ownField,
  parseUrl,
  typeOf,
} from './validation.ts';

/** For whom a session is created. */
export interface SessionParams {
  /** Country of the verification, such as `US`: 1 to 64 printable characters. */
  readonly country?: Country | undefined;
  /**
   * Your id of the user, 1 to 1,024 bytes, sent unchanged. The vendor answers with the existing link of an id that it
   * knows: take it from your own login, and never from the visitor.
   */
  readonly uniqueIdentifier?: string;
}

/** A verification session. It says nothing about the outcome. Source: the vendor's page. */
export interface Session {
  readonly sessionId: string;
  /** The page on which the person is verified. Anyone who has it can act as that person. */
  readonly url: string;
  /** The vendor's `Token`: a credential, not for the visitor. */
  readonly token: string;
  /** As the vendor sent it. */
  readonly baseUrl: string;
}

export const SESSION_PATH = '/api/v1/session';

const PARAM_NAMES = ['country', 'uniqueIdentifier'] as const satisfies readonly (keyof SessionParams)[];
const MAX_IDENTIFIER_BYTES = 1024;
/** What becomes of a missing id that is turned into text. */
const STRINGIFIED_NOTHING = /^(?:undefined|null|NaN|\[object (?:Object|Promise)\])$/;

/** Parameters after their check. */
export interface SessionRequest {
  /** Compact JSON, `country` first: the bytes to sign and send. */
  readonly body: string;
  readonly uniqueIdentifier: string | undefined;
}

/** Checks the parameters of `createSession` and writes them as JSON. */
export function sessionRequest(params: unknown): SessionRequest {
  if (!isPlainObject(params)) {
    throw invalidParams('The parameters must be a plain object: { uniqueIdentifier: user.id }.');
  }
  checkNames(params, 'createSession', PARAM_NAMES, 'invalid_params');
  // Own fields only: a polluted prototype must not choose whose link this is.
  const country = ownField(params, 'country');
  if (country !== undefined) checkCountry(country);
  if (!Object.hasOwn(params, 'uniqueIdentifier')) {
    return { body: JSON.stringify({ country }), uniqueIdentifier: undefined };
  }
  const uniqueIdentifier = ownField(params, 'uniqueIdentifier');
  checkIdentifier(uniqueIdentifier);
  return { body: JSON.stringify({ country, uniqueIdentifier }), uniqueIdentifier };
}

function checkCountry(country: unknown): void {
  if (typeof country !== 'string' || !/^[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u.test(country)) {
    throw invalidParams('country must be 1 to 64 printable characters, such as "US".');
  }
}

function checkIdentifier(value: unknown): asserts value is string {
  if (typeof value !== 'string') {
    throw invalidParams(
      `uniqueIdentifier must be a string, but is ${typeOf(value)}. Check that a user is signed in, and pass text.`,
    );
  }
  if (value.trim() === '' || STRINGIFIED_NOTHING.test(value)) {
    const found = value.trim() === '' ? 'blank' : `the text "${value}"`;
    throw invalidParams(`uniqueIdentifier is ${found}: all such users would share a link. Check that user.id is set.`);
  }
  if (new TextEncoder().encode(value).length > MAX_IDENTIFIER_BYTES) {
    throw invalidParams(`uniqueIdentifier is longer than ${MAX_IDENTIFIER_BYTES} bytes.`);
  }
  if (/[\ud800-\udfff]/u.test(value)) {
    throw invalidParams('uniqueIdentifier holds a lone surrogate.');
  }
}

/** Reads the vendor's answer to `createSession`; further fields are ignored. */
export function readSession(response: HttpResponse, settings: Settings): Session | Failure {
  const parsed = readJson(response, (status) => status === 200);
  if (parsed instanceof Failure) return parsed;
  const success = ownField(parsed.json, 'success');
  if (success === false) return new Failure('rejected', response);
  const data = success === true ? ownField(parsed.json, 'data') : undefined;
  const [sessionId, url, token, baseUrl] = ['sessionId', 'url', 'Token', 'baseUrl'].map((name) => ownField(data, name));
  if (!isString(sessionId) || !isString(url) || !isString(token) || !isString(baseUrl)) {
    return unusable(response, 'It is not the documented JSON.');
  }
  if (!isAllowed(url, settings)) {
    return unusable(response, 'Its url is not https on the host of baseUrl. Add a trusted host to sessionHosts.');
  }
  return { sessionId, url, token, baseUrl };
}

/** A link to another site would make the ready route an open redirect. */
function isAllowed(url: string, { baseUrl, allowHttp, sessionHosts }: Settings): boolean {
  // Without "//", a browser reads "https:host" as a path of the page that it is on.
  if (!/^https?:\/\/[\x21-\x5b\x5d-\x7e]+$/i.test(url)) return false;
  // The usual link needs no parser: what follows the "/" after an origin cannot change its host.
  if (url.startsWith(`${baseUrl}/`)) return true;
  const parsed = parseUrl(url);
  if (parsed === undefined || parsed.username + parsed.password !== '') return false;
  const isOwnHost = parsed.host === new URL(baseUrl).host;
  const isListed = sessionHosts.includes(parsed.host);
  if (parsed.protocol === 'https:') return isOwnHost || isListed;
  return (isOwnHost && baseUrl.startsWith('http:')) || (isListed && (allowHttp || isLoopback(parsed.hostname)));
}
