import { describe, expect, test } from 'vitest';
import type { TestContext } from '../test-context.ts';
import { expectPage, expectPrivate, expectProblem, refusal } from './expectations.ts';

interface Row {
  readonly when: string;
  readonly fault?: Parameters<TestContext['vendor']['failNext']>[0];
  readonly path?: '/down' | '/hurried';
  readonly status: number;
  readonly code: string;
  readonly retryAfter?: string;
}

const FAILURES: readonly Row[] = [
  { when: 'is down', path: '/down', status: 502, code: 'connection' },
  { when: 'hangs up', fault: 'disconnect', status: 502, code: 'connection' },
  { when: 'never answers', path: '/hurried', fault: 'stall', status: 504, code: 'timeout' },
  { when: 'never finishes its answer', path: '/hurried', fault: 'stall_body', status: 504, code: 'timeout' },
  { when: 'says 400', fault: refusal(400), status: 502, code: 'rejected' },
  { when: 'says 401', fault: refusal(401, { 'www-authenticate': 'Basic' }), status: 500, code: 'unauthorized' },
  { when: 'says 403', fault: refusal(403), status: 500, code: 'unauthorized' },
  { when: 'says 429', fault: refusal(429), status: 503, code: 'rate_limited' },
  {
    when: 'says 429 and when to come back',
    fault: refusal(429, { 'retry-after': '120' }),
    status: 503,
    code: 'rate_limited',
    retryAfter: '120',
  },
  { when: 'says 500', fault: refusal(500), status: 502, code: 'upstream' },
  { when: 'says 503', fault: refusal(503), status: 503, code: 'unavailable' },
  {
    when: 'says 503 and when to come back',
    fault: refusal(503, { 'retry-after': '7' }),
    status: 503,
    code: 'unavailable',
    retryAfter: '7',
  },
  { when: 'says 504', fault: refusal(504), status: 504, code: 'timeout' },
  { when: 'redirects', fault: 'redirect', status: 502, code: 'bad_response' },
  { when: 'says 200 and success: false', fault: 'success_false', status: 502, code: 'rejected' },
  { when: 'answers with a web page', fault: 'html', status: 502, code: 'bad_response' },
  { when: 'answers with nothing', fault: 'empty', status: 502, code: 'bad_response' },
  { when: 'answers with half of it', fault: 'truncated_json', status: 502, code: 'bad_response' },
  { when: 'answers without end', fault: 'too_large', status: 502, code: 'bad_response' },
];

export function failsWell(context: TestContext): void {
  describe('when the vendor', () => {
    test.each(FAILURES)('$when, the visitor gets $status $code and onError is told', async (row) => {
      const { fault, path = '/session', status, code, retryAfter } = row;
      if (fault !== undefined) context.vendor.failNext(fault);
      const answer = await context.visit(path, { headers: { 'x-visit': 'visit-1' } });
      const requestId = expectProblem(answer, status, code);
      expect(answer.headers['retry-after']).toBe(retryAfter);
      expect(answer.headers).not.toHaveProperty('x-of-the-vendor');
      expect(answer.headers).not.toHaveProperty('www-authenticate');
      expect(await context.notes()).toMatchObject([
        { toldTo: 'onError', visit: 'visit-1', name: 'FaceVerifyError', code, requestId },
      ]);
    });

    test('is busy, a person gets a page, with Retry-After', async () => {
      context.vendor.failNext(refusal(503, { 'retry-after': '7' }));
      const answer = await context.visit('/session', { headers: { accept: 'text/html' } });
      const requestId = expectPage(answer, 503);
      expect(answer.headers['retry-after']).toBe('7');
      expect(await context.notes()).toMatchObject([{ toldTo: 'onError', code: 'unavailable', requestId }]);
    });

    test('fails and the route has a failureUrl, a person is sent there, and a script is not', async () => {
      context.vendor.failNext(refusal(500));
      const answer = await context.visit('/failure-url', { headers: { accept: 'text/html' } });
      expectPrivate(answer);
      expect(answer.status).toBe(303);
      const [note] = await context.notes();
      expect(answer.headers['location']).toBe(`/failed?code=upstream&requestId=${note?.requestId}`);
      context.vendor.failNext(refusal(500));
      expectProblem(await context.visit('/failure-url'), 502, 'upstream');
      const signedOut = await context.visit('/failure-url', { user: null, headers: { accept: 'text/html' } });
      expect(signedOut.headers['location']).toMatch(/^\/failed\?code=unauthenticated&requestId=/);
    });

    test('fails and there is no onError, one line is printed, with the request id of the answer', async () => {
      context.vendor.failNext(refusal(500));
      const requestId = expectProblem(await context.visit('/no-hook'), 502, 'upstream');
      await expect.poll(() => context.printed()).toMatch(new RegExp(`^FaceVerify upstream \\[${requestId}\\]: .+\\n$`));
    });

    test('fails with passErrors, the framework answers, after onError was told', async () => {
      context.vendor.failNext(refusal(401));
      const answer = await context.visit('/pass-errors');
      expect(answer.status).toBe(500);
      expect(answer.headers['content-type']).not.toContain('problem+json');
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(await context.notes()).toMatchObject([
        { toldTo: 'onError', code: 'unauthorized' },
        { toldTo: 'framework', code: 'unauthorized', name: 'FaceVerifyError' },
      ]);
    });
  });
}
