import { type FailureCode, failureOfStatus } from './failure.ts';
import type { Answer } from './platform/platform.ts';

/** Why an answer is not what was asked for. `advice` is added to the error's message. */
export class Refusal {
  readonly code: FailureCode;
  readonly advice: string | undefined;

  constructor(code: FailureCode, advice?: string) {
    this.code = code;
    this.advice = advice;
  }
}

/**
 * The JSON of a successful answer, whatever its Content-Type says.
 *
 * A failed parse leaves no trace of the text: the message of a SyntaxError quotes it.
 */
export function readJson(answer: Answer, isSuccess: (status: number) => boolean): unknown {
  const { status, body, unreadable } = answer;
  if (!isSuccess(status)) {
    const isRedirect = status >= 300 && status < 400;
    const why = isRedirect ? 'It is a redirect, which is never followed.' : undefined;
    return new Refusal(failureOfStatus(status), status === 0 ? unreadable : why);
  }
  if (body === undefined) return new Refusal('bad_response', unreadable);
  try {
    return JSON.parse(body.charCodeAt(0) === 0xfeff ? body.slice(1) : body);
  } catch {
    return new Refusal('bad_response', 'It is not JSON.');
  }
}

const DAY_MS = 86_400_000;
/** The three forms of RFC 9110 in outline: they name a day first, which keeps numbers and ISO dates out. */
const HTTP_DATE = /^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d/;

/**
 * Milliseconds to wait for a `Retry-After` of seconds or a date: never negative, at most a day;
 * `undefined` where it is missing or unreadable. Source: RFC 9110, sections 10.2.3 and 5.6.7.
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
