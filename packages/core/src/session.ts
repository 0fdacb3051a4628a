import { Refusal } from './answer.ts';
import type { Country } from './country.ts';
import type { Settings } from './options.ts';
import { invalidParams, refuseUnknown } from './option-checks.ts';
import { hasFields, ownField } from './shape.ts';
import { parseUrl } from './parse-url.ts';

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
  if (!isPlainObject(params)) {
    throw invalidParams('The parameters must be a plain object such as { uniqueIdentifier: user.id }.');
  }
  refuseUnknown(params, 'createSession', PARAM_NAMES, 'invalid_params');
  // Own keys only: a polluted prototype must not choose whose link this is.
  const country = ownField(params, 'country');
  if (country !== undefined) checkCountry(country);
  const head = country === undefined ? '' : `"country":${JSON.stringify(country)}`;
  if (!Object.hasOwn(params, 'uniqueIdentifier')) return { body: `{${head}}`, uniqueIdentifier: undefined };

  const uniqueIdentifier = ownField(params, 'uniqueIdentifier');
  checkIdentifier(uniqueIdentifier);
  const comma = head === '' ? '' : ',';
  return { body: `{${head}${comma}"uniqueIdentifier":${JSON.stringify(uniqueIdentifier)}}`, uniqueIdentifier };
}

/** Own fields are all that is read: with those of a class an id might be left out unnoticed. */
function isPlainObject(value: unknown): value is object {
  if (!hasFields(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function checkCountry(country: unknown): void {
  if (typeof country !== 'string' || !(/^[ -~]{1,64}$/.test(country) || isPrintable(country))) {
    throw invalidParams('country must be a string of 1 to 64 printable characters, such as "US".');
  }
}

/** Not a literal: the tables of Unicode would be loaded with this file, a twentieth of what it takes to import the core. */
function isPrintable(text: string): boolean {
  return new RegExp('^[^\\p{C}\\p{Zl}\\p{Zp}]{1,64}$', 'u').test(text);
}

function checkIdentifier(value: unknown): asserts value is string {
  if (typeof value !== 'string') {
    const found = value === null ? 'null' : typeof value;
    throw invalidParams(
      `uniqueIdentifier must be a string, but is ${found}: make sure that there is a user, and write String(user.id).`,
    );
  }
  if (value === '') throw invalidParams('uniqueIdentifier is empty: is there a user?');
  // A character takes at most three bytes in UTF-8 for each UTF-16 unit: most strings need no count.
  if (value.length * 3 > MAX_IDENTIFIER_BYTES && new TextEncoder().encode(value).length > MAX_IDENTIFIER_BYTES) {
    throw invalidParams(`uniqueIdentifier is longer than ${MAX_IDENTIFIER_BYTES} bytes in UTF-8.`);
  }
  if (/[\ud800-\udfff]/u.test(value)) {
    throw invalidParams('uniqueIdentifier holds half a character (a lone surrogate).');
  }
}

/** Reads the vendor's answer; further keys are ignored. */
export function readSession(json: unknown, settings: Settings): Session | Refusal {
  const success = ownField(json, 'success');
  if (success === false) return new Refusal('rejected');
  const data = success === true ? ownField(json, 'data') : undefined;
  const sessionId = ownField(data, 'sessionId');
  const url = ownField(data, 'url');
  const token = ownField(data, 'Token');
  const baseUrl = ownField(data, 'baseUrl');
  if (
    typeof sessionId !== 'string' ||
    typeof url !== 'string' ||
    typeof token !== 'string' ||
    typeof baseUrl !== 'string'
  ) {
    return new Refusal('bad_response', 'It is not the documented JSON.');
  }
  return isAllowed(url, settings)
    ? { sessionId, url, token, baseUrl }
    : new Refusal(
        'bad_response',
        'Its url is not https on the host of baseUrl: if that is right, add its host to sessionHosts.',
      );
}

/**
 * A link that leads elsewhere would make the mounted route an open redirect: it must be https (http
 * where baseUrl is) on a host that is allowed, without user info.
 */
function isAllowed(url: string, { baseUrl, sessionHosts }: Settings): boolean {
  // Without "//" a browser reads "https:host" as a path of the page that it is on.
  if (!/^https?:\/\/[\x21-\x5b\x5d-\x7e]+$/i.test(url)) return false;
  // The usual url needs no parser: what follows the "/" behind an origin cannot change its host.
  if (url.startsWith(baseUrl) && url[baseUrl.length] === '/') return true;
  const parsed = parseUrl(url);
  return (
    parsed !== undefined &&
    (parsed.protocol === 'https:' || baseUrl.startsWith('http:')) &&
    parsed.username + parsed.password === '' &&
    sessionHosts.has(parsed.host)
  );
}
