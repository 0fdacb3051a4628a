import { codeOfStatus, Failure } from './errors.ts';

/** A response whose whole body has arrived. */
export interface HttpResponse {
  readonly status: number;
  /** The `Retry-After` header. */
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Decoded bytes of a body that are read at most. A session's answer is under 2 KiB. */
export const MAX_BODY_BYTES: number = 64 * 1024;

export const TOO_LARGE = 'The answer is larger than 64 KiB.';

/** The failure of a response that cannot be used: `why` counts unless its status says more. */
export function unusable(response: Omit<HttpResponse, 'body'>, why: string): Failure {
  const code = codeOfStatus(response.status);
  return new Failure(code, { ...response, advice: code === 'bad_response' ? why : undefined });
}

/** The JSON of a response with a status that `isSuccess`, whatever its Content-Type says. */
export function readJson(response: HttpResponse, isSuccess: (status: number) => boolean): { json: unknown } | Failure {
  const { status, body } = response;
  if (!isSuccess(status)) return unusable(response, 'Its status is not a success. Redirects are not followed.');
  try {
    return { json: JSON.parse(body.startsWith('\ufeff') ? body.slice(1) : body) };
  } catch {
    // The message of the SyntaxError quotes the text, so nothing of it is kept.
    return unusable(response, 'It is not JSON.');
  }
}

const DAY_MS = 86_400_000;
/** The outline of the three date formats of RFC 9110. They begin with a day's name, which numbers and ISO dates do not. */
const HTTP_DATE = /^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d/;

/**
 * Milliseconds to wait for a `Retry-After` of seconds or a date: never negative, at most a day; `undefined` if it is
 * missing or cannot be read. Source: RFC 9110, sections 10.2.3 and 5.6.7.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  let wait: number;
  if (/^\d+$/.test(text)) wait = Number(text) * 1000;
  else if (HTTP_DATE.test(text)) wait = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) - now;
  else return undefined;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), DAY_MS);
}
