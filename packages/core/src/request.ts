import { readJson } from './answer.ts';
import type { CallOptions } from './cancel-signal.ts';
import { invalidParams, ownFields } from './option-checks.ts';
import { parseUrl } from './parse-url.ts';
import type { Answer } from './platform/platform.ts';

/** What a call of {@link FaceVerify.request} can be told. */
export interface RequestOptions extends CallOptions {
  /** Query parameters, signed and sent in the form that URLSearchParams prints. */
  readonly query?: URLSearchParams | Readonly<Record<string, string>> | undefined;
  /** Any JSON value; serialised once, and these bytes are signed and sent. Leave out for no body. */
  readonly body?: unknown;
  /** Whether the call may be sent again with the same bytes. A GET always may. */
  readonly idempotent?: boolean | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Whether a part of a path or a number is long enough to say who somebody is; shorter ones are in every text. */
function isPersonal(part: string): boolean {
  return part.length > 3 && part !== 'session';
}

const OPTION_NAMES = ['query', 'body', 'idempotent', 'signal'];

/** A call after every check. */
export interface CheckedRequest {
  /** Without the `?`, as it is signed and sent. */
  readonly query: string;
  readonly body: string | undefined;
  readonly repeatable: boolean;
  /**
   * Every text that was given, and numbers and parts of the path from four characters on: any may say who somebody
   * is, and is kept out of errors. Names of fields are not among them.
   */
  readonly personal: readonly string[];
}

/** Checks any signed call other than a session, and writes its query and body. */
export function readRequest(method: string, path: string, options: unknown, baseUrl: string): CheckedRequest {
  if (!METHODS.includes(method)) throw invalidParams(`method must be one of ${METHODS.join(', ')}.`);
  // What a URL would rewrite, and ";", would not be sent as it is signed: see request-target.ts.
  if (typeof path !== 'string' || !/^\/[^;]*$/.test(path) || parseUrl(baseUrl + path)?.pathname !== path) {
    throw invalidParams(
      'path must start with "/", percent-encoded, without dot segments, ";", "?" or "#": use { query }.',
    );
  }
  const given: RequestOptions = ownFields(options, 'request', OPTION_NAMES, 'invalid_params');
  if (method === 'GET' && given.body !== undefined) throw invalidParams('A GET has no body: use { query }.');
  const query = readQuery(given.query);
  const personal = [...query.values(), ...path.split('/').filter(isPersonal)];
  const body = given.body === undefined ? undefined : serialise(given.body, personal);
  return { query: query.toString(), body, repeatable: method === 'GET' || given.idempotent === true, personal };
}

/** Without the error of URLSearchParams, which may quote a value. */
function readQuery(query: RequestOptions['query']): URLSearchParams {
  try {
    return new URLSearchParams(query);
  } catch {
    throw invalidParams("query must be URLSearchParams or a record of strings, such as { page: '1' }.");
  }
}

/** The JSON of `body`; its texts and longer numbers are added to `personal`. */
function serialise(body: unknown, personal: string[]): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(body, (_key, value: unknown) => {
      if (typeof value === 'string') personal.push(value);
      if (typeof value === 'number') personal.push(...[String(Math.abs(value))].filter(isPersonal));
      return value;
    });
  } catch {
    // Said below: the original message may quote the value.
  }
  if (json === undefined) {
    throw invalidParams('body cannot be written as JSON: is it circular, a function or a BigInt?');
  }
  return json;
}

/** The parsed JSON of a 2xx answer, `undefined` if that has no body. */
export function readRequested(answer: Answer): unknown {
  return answer.body === '' && isSuccess(answer.status) ? undefined : readJson(answer, isSuccess);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
