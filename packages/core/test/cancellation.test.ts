import { EventEmitter, getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FaceVerifyOptions } from '../src/options.ts';
import { clientOf, rejection } from './client-of.ts';
import { documentedAnswer } from './raw-server.ts';

const warnings: Error[] = [];
const collect = (warning: Error): void => void warnings.push(warning);
beforeEach(() => {
  warnings.length = 0;
  process.on('warning', collect);
});
afterEach(() => {
  process.off('warning', collect);
});
/** Node emits a warning in a later turn of the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a hundred calls on one signal warn of nothing, and leave no listener', async () => {
  const baseUrl = 'http://127.0.0.1:9';
  let release = (): void => undefined;
  const open = new Promise<void>((resolve) => {
    release = resolve;
  });
  let sent = 0;
  const client = clientOf({
    baseUrl,
    fetch: async () => {
      sent++;
      await open;
      return new Response(documentedAnswer(baseUrl));
    },
  });
  const { signal } = new AbortController();
  const calls = Array.from({ length: 100 }, () => client.createSession({ uniqueIdentifier: 'a' }, { signal }));
  await vi.waitFor(() => expect(sent).toBe(100));
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  release();
  await Promise.all(calls);
  await turn();
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(warnings).toEqual([]);
});

test('a hundred calls on one signal are all cancelled, waits between attempts too', async () => {
  let failed = 0;
  const waiting: FaceVerifyOptions = {
    baseUrl: 'http://127.0.0.1:9',
    fetch: async () => new Response('', { status: 503, headers: { 'retry-after': '5' } }),
    onAttempt: () => void failed++,
  };
  const controller = new AbortController();
  const { signal } = controller;
  // The budget of one client is enough for 20 calls that wait for their second attempt.
  const calls = Array.from({ length: 5 }, () => clientOf(waiting)).flatMap((client) =>
    Array.from({ length: 20 }, () => rejection(client.createSession({ uniqueIdentifier: 'a' }, { signal }))),
  );
  await vi.waitFor(() => expect(failed).toBe(100));
  controller.abort();
  for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'aborted', attempts: 1 });
  await turn();
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(warnings).toEqual([]);
});

test('the warning that is looked for would be seen', async () => {
  const emitter = new EventEmitter();
  for (let listener = 0; listener < 11; listener++) emitter.on('abort', () => undefined);
  await turn();
  expect(warnings.map(({ name }) => name)).toEqual(['MaxListenersExceededWarning']);
});
