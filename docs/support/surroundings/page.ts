import { sessionHandler } from '@faceverify/hono';
import { Hono } from 'hono';

/** A page with a button and an iframe, whose server has mounted the ready route. */
export function surround(): { button: EventTarget; frame: { src: string }; fetch: typeof globalThis.fetch } {
  const app = new Hono().post(
    '/face-verify/session',
    sessionHandler({ identify: () => ({ uniqueIdentifier: 'alice' }) }),
  );
  return {
    button: new EventTarget(),
    frame: { src: '' },
    fetch: async (input, init) => app.request(String(input), init),
  };
}
