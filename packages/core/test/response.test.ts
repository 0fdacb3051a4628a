import { describe, expect, test } from 'vitest';
import { Failure } from '../src/errors.ts';
import { readJson, retryAfterMs } from '../src/response.ts';

const now = Date.parse('2026-01-02T03:04:05Z');

describe('Retry-After', () => {
  test.each<[string, string | undefined, number | undefined]>([
    ['missing', undefined, undefined],
    ['seconds', '7', 7_000],
    ['no seconds', '0', 0],
    ['seconds with blanks', ' 7 ', 7_000],
    ['more than a day', '86401', 86_400_000],
    ['absurd', '9'.repeat(400), 86_400_000],
    ['negative', '-1', undefined],
    ['a fraction', '1.5', undefined],
    ['words', 'soon', undefined],
    ['empty', '', undefined],
    ['two values', '1, 2', undefined],
    ['a date', 'Fri, 02 Jan 2026 03:04:15 GMT', 10_000],
    ['a date of RFC 850', 'Friday, 02-Jan-26 03:04:15 GMT', 10_000],
    ['a date of asctime', 'Fri Jan  2 03:04:15 2026', 10_000],
    ['a past date', 'Thu, 01 Jan 2026 03:04:15 GMT', 0],
    ['a date a year ahead', 'Sat, 02 Jan 2027 03:04:05 GMT', 86_400_000],
    ['a date that does not exist', 'Fri, 99 Jan 2026 99:99:99 GMT', undefined],
    ['an ISO date', '2026-01-02T03:04:15Z', undefined],
  ])('%s', (_what, header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});

describe('an answer', () => {
  const read = (status: number, body: string): unknown => {
    const result = readJson({ status, body, retryAfter: undefined }, (code) => code === 200);
    return result instanceof Failure ? result.code : result.json;
  };

  test.each<[number, string]>([
    [101, 'bad_response'],
    [201, 'bad_response'],
    [204, 'bad_response'],
    [301, 'bad_response'],
    [304, 'bad_response'],
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'rejected'],
    [408, 'timeout'],
    [429, 'rate_limited'],
    [499, 'rejected'],
    [500, 'upstream'],
    [502, 'upstream'],
    [503, 'unavailable'],
    [504, 'timeout'],
    [599, 'upstream'],
  ])('of status %d is %s', (status, code) => {
    expect(read(status, '{}')).toBe(code);
  });

  test('is read whatever stands before its JSON', () => {
    expect(read(200, '\ufeff {"a":1}\n')).toEqual({ a: 1 });
    expect(read(200, 'null')).toBeNull();
  });

  test.each([
    ['not JSON', '<html>'],
    ['cut JSON', '{"success":tr'],
    ['empty', ''],
  ])('that is %s is refused', (_what, body) => {
    expect(read(200, body)).toBe('bad_response');
  });
});
