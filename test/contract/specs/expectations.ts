import { expect } from 'vitest';
import { type Answer, MADE_UP_TOKEN, type TestContext, VENDOR_TEXT } from '../test-context.ts';

type Fault = Parameters<TestContext['vendor']['failNext']>[0];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What holds for every answer of the ready route, whatever it says. */
export function expectPrivate({ headers }: Answer): void {
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  expect(headers).not.toHaveProperty('set-cookie');
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
}

/** That the route answered with problem details, RFC 9457, and nothing else; gives their request id. */
export function expectProblem(answer: Answer, status: number, code: string): string {
  expectPrivate(answer);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers).not.toHaveProperty('location');
  // Safe: every field of it is checked next.
  const problem = JSON.parse(answer.text) as { readonly title: string; readonly requestId: string };
  const { title, requestId } = problem;
  expect(problem).toEqual({ title, status, code, requestId });
  expect(title).toMatch(/^[A-Z][\w ]+$/);
  expect(requestId).toMatch(UUID);
  expect(answer.status).toBe(status);
  return requestId;
}

/** That a person got a page that says what happened, with a way back; gives its request id. */
export function expectPage(answer: Answer, status: number): string {
  expectPrivate(answer);
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.headers).not.toHaveProperty('location');
  expect(answer.text).toMatch(/^<!doctype html><html lang="en">.*<h1>[A-Z][\w ]+<\/h1>.*<a href="\/">/);
  const [, requestId = ''] = /<code>([^<]+)<\/code>/.exec(answer.text) ?? [];
  expect(requestId).toMatch(UUID);
  return requestId;
}

/** That the visitor was sent to the session that the vendor made last. */
export function expectRedirect(answer: Answer, { vendor }: TestContext): void {
  expectPrivate(answer);
  expect(answer.status).toBe(303);
  expect(answer.headers['location']).toBe(vendor.sessions.at(-1)?.url);
  expect(answer.text).toBe('');
}

/** That the visitor got the session that the vendor made last, and nothing more of it than this. */
export function expectJson(answer: Answer, { vendor }: TestContext): void {
  expectPrivate(answer);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json');
  const { sessionId, url } = vendor.sessions.at(-1) ?? {};
  expect(JSON.parse(answer.text)).toEqual({ sessionId, url });
}

/** The vendor's documented answer, with a `url` of the test's own. */
export function answerWithUrl(url: string): Fault {
  const data = { sessionId: 'session-made-up', baseUrl: 'http://127.0.0.1', Token: MADE_UP_TOKEN, url };
  return { status: 200, body: JSON.stringify({ success: true, data }) };
}

/** An answer that the vendor does not give: nothing of it may reach the visitor. */
export function refusal(status: number, headers: Readonly<Record<string, string>> = {}): Fault {
  return {
    status,
    headers: { 'set-cookie': 'vendor=1', 'x-of-the-vendor': '1', ...headers },
    body: JSON.stringify({ success: false, message: `No, ${VENDOR_TEXT}`, Token: MADE_UP_TOKEN }),
  };
}
