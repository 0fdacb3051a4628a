import { type Expectation, type ResultCode, perKind, specified } from '../expectation.ts';
import type { Fault, Times } from '../fault.ts';

const HOUR_MS = 3_600_000;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The three forms of a date in HTTP. Source: RFC 9110, section 5.6.7. */
const DATE_FORMS: Readonly<Record<string, (date: Date) => string>> = {
  'RFC 1123 date': (date) => date.toUTCString(),
  'RFC 850 date': (date) => {
    const [, day, month, year, time] = date.toUTCString().split(' ');
    return `${DAYS[date.getUTCDay()]}, ${day}-${month}-${year?.slice(2)} ${time} GMT`;
  },
  'asctime date': (date) => {
    const [weekday, day, month, year, time] = date.toUTCString().split(' ');
    return `${weekday?.slice(0, 3)} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
  },
};

function retryAfter(name: string, status: number, value: string | (() => string), expect: Expectation): Fault {
  return {
    name: `${status}, Retry-After ${name}`,
    expect,
    onRequest: ({ reply, hostile }) => {
      reply(status, hostile, { 'retry-after': typeof value === 'string' ? value : value() });
    },
  };
}

/** A wait that passes the deadline: the call fails at once and tells the visitor when to come again. */
function tooLate(code: ResultCode, from: number, to: number = from): Expectation {
  return specified(code, { attempts: 1, retryAfter: [from, to] });
}

/** Two seconds fit once into the time of this call, not twice. */
const TWO_SECONDS: Expectation = specified('rate_limited', { attempts: 2, retryAfter: [2, 2] });
const TIMES_OF_TWO_SECONDS: Times = { timeoutMs: 3_500, attemptTimeoutMs: 1_500, connectTimeoutMs: 1_500 };
const NOW: readonly [number, number] = [0, 0];

/** What the vendor asks to be given in time, in every form and in none. */
export const RETRY_AFTER: readonly Fault[] = [
  retryAfter('0', 429, '0', specified('rate_limited', { retryAfter: NOW })),
  { ...retryAfter('2 seconds', 429, '2', TWO_SECONDS), times: TIMES_OF_TWO_SECONDS },
  retryAfter('2 minutes', 429, '120', tooLate('rate_limited', 120)),
  retryAfter('absurd', 429, '99999999999999999999', tooLate('rate_limited', 86_400)),
  ...Object.entries(DATE_FORMS).flatMap(([form, write]) => [
    // A second may pass between the writing of the date and its reading, and dates have no parts of it.
    retryAfter(
      `${form} in an hour`,
      429,
      () => write(new Date(Date.now() + HOUR_MS)),
      tooLate('rate_limited', 3_598, 3_600),
    ),
    retryAfter(`${form} gone by`, 429, write(new Date(0)), specified('rate_limited', { retryAfter: NOW })),
  ]),
  retryAfter('date of the year 9999', 429, 'Fri, 31 Dec 9999 23:59:59 GMT', tooLate('rate_limited', 86_400)),
  ...['soon', '-5', '1.5', '1e3', '0x10', '', '120 seconds', '2030-01-01', 'Fri, 99 Dec 9999 99:99:99 GMT'].map(
    (value) => retryAfter(`unreadable: "${value}"`, 429, value, specified('rate_limited')),
  ),
  retryAfter('0', 503, '0', specified('unavailable', { retryAfter: NOW })),
  retryAfter('2 minutes', 503, '120', tooLate('unavailable', 120)),
  retryAfter('2 minutes', 500, '120', tooLate('upstream', 120)),
  retryAfter('2 minutes', 408, '120', tooLate('timeout', 120)),
  retryAfter('1 minute', 403, '60', specified('unauthorized', { retryAfter: [60, 60] })),
  retryAfter('1 minute', 400, '60', specified('rejected', { retryAfter: [60, 60] })),
  {
    name: '503 with Retry-After 1 second, then well again',
    expect: {
      node: { K: { code: 'ok', attempts: 2, route: 200 }, N: perKind('unavailable', { retryAfter: [1, 1] }).N },
      fetch: { K: { code: 'ok', attempts: 2, route: 200 }, N: perKind('unavailable', { retryAfter: [1, 1] }).N },
    },
    onRequest: ({ nth, reply, hostile, session }) => {
      if (nth === 1) reply(503, hostile, { 'retry-after': '1' });
      else reply(200, session);
    },
  },
];
