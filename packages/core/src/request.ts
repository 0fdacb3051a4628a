import type { CallOptions } from './cancellation.ts';
import { Failure } from './errors.ts';
import { type HttpResponse, readJson } from './response.ts';
import { invalidParams, isBoolean, isPlainObject, ownField, parseUrl, readFields, typeOf } from './validation.ts';

/** Options of {@link FaceVerify.request}. */
export interface RequestOptions extends CallOptions {
  /** Query parameters, signed and sent in the form that URLSearchParams prints. */
  readonly query?: URLSearchParams | Readonly<Record<string, string>> | undefined;
  /** Any JSON value, serialised once: these bytes are signed and sent. Leave it out for no body. */
  readonly body?: unknown;
  /** Whether the call may be sent again with the same bytes. A GET always may. */
  readonly idempotent?: boolean | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const OPTION_NAMES = ['query', 'body', 'idempotent', 'signal'] as const satisfies readonly (keyof RequestOptions)[];

/** A call after every check. */
export interface CheckedRequest {
  /** Without the `?`, as it is signed and sent. */
  readonly query: string;
  readonly body: string | undefined;
  readonly repeatable: boolean;
  /** All texts that were given, and longer numbers and parts of the path: any may identify a person. */
  readonly personal: readonly string[];
}

/** Checks any signed call other than a session, and writes its query and body. */
export function readRequest(method: string, path: string, options: unknown, baseUrl: string): CheckedRequest {
  if (!METHODS.includes(method)) throw invalidParams(`method must be one of ${METHODS.join(', ')}.`);
  // What a URL would rewrite, and ";", would not be sent as it is signed: see request-target.ts.
  if (typeof path !== 'string' || !/^\/[^;]*$/.test(path) || parseUrl(baseUrl + path)?.pathname !== path) {
    throw invalidParams('path must start with "/", percent-encoded, without "..", ";", "?" or "#": use { query }.');
  }
  const given = readFields(options, 'request', OPTION_NAMES, 'invalid_params');
  const idempotent = given['idempotent'] ?? false;
  if (!isBoolean(idempotent)) throw invalidParams('idempotent must be true or false.');
  if (method === 'GET' && given['body'] !== undefined) throw invalidParams('A GET has no body: use { query }.');
  const query = readQuery(given['query'] ?? {});
  const personal = [...query.values(), ...path.split('/').filter(isLong)];
  const body = given['body'] === undefined ? undefined : serialise(given['body'], personal);
  return { query: query.toString(), body, repeatable: method === 'GET' || idempotent === true, personal };
}

/** Whether a number or a part of the path is long enough to identify a person. */
function isLong(text: string): boolean {
  return text.length > 3 && text !== 'session';
}

function readQuery(query: unknown): URLSearchParams {
  if (query instanceof URLSearchParams) return query;
  if (!isPlainObject(query)) {
    throw invalidParams("query must be URLSearchParams or strings such as { page: '1' }.");
  }
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value !== 'string') {
      throw invalidParams(`query.${name} must be a string, but is ${typeOf(value)}. Leave it out, or pass text.`);
    }
    params.append(name, value);
  }
  return params;
}

/** The JSON of `body`. Its texts and longer numbers are added to `personal`. */
function serialise(body: unknown, personal: string[]): string {
  let json: string | undefined;
  let unfit: string | undefined;
  try {
    json = JSON.stringify(body, function replace(this: object, name, value: unknown) {
      if (typeof value === 'string') personal.push(value);
      if (typeof value === 'number') personal.push(...[String(Math.abs(value))].filter(isLong));
      // Bytes of Node have a toJSON, so the value itself is looked at too.
      if (!isJson(value) || ArrayBuffer.isView(ownField(this, name))) {
        unfit ??= name === '' ? 'body' : `body: its field ${JSON.stringify(name)}`;
      }
      return value;
    });
  } catch {
    // As below. The original message may quote the value.
  }
  if (json === undefined) {
    throw invalidParams('body cannot be JSON: it is circular or a function, or holds a BigInt.');
  }
  if (unfit !== undefined) {
    throw invalidParams(`${unfit} would be lost in JSON. Turn a Map, FormData, bytes or NaN into JSON.`);
  }
  return json;
}

/** Whether JSON.stringify writes the content of `value`, as it does not for a Map or a FormData. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return (
    typeof value !== 'object' ||
    /^\[object (?:Array|Boolean|Null|Number|Object|String)\]$/.test(Object.prototype.toString.call(value))
  );
}

/** The parsed JSON of a 2xx answer, `undefined` if that has no body. */
export function readResult(response: HttpResponse): unknown {
  if (response.body === '' && isSuccess(response.status)) return undefined;
  const parsed = readJson(response, isSuccess);
  return parsed instanceof Failure ? parsed : parsed.json;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
