import type { Handle } from '@sveltejs/kit/hooks';
import { userOf } from '#lib/login.ts';

export const handle: Handle = ({ event, resolve }) => {
  event.locals.user = userOf(event.request);
  return resolve(event);
};
