import { getRequestListener } from '@hono/node-server';
import type { Framework } from '../../../test/support/test-app.ts';
import { createApp } from './app.ts';

export const FRAMEWORKS: readonly Framework[] = [
  {
    name: 'Web standards',
    listenerOf: (app) => getRequestListener(createApp(app).fetch),
    fetchOf: (app) => createApp(app).fetch,
  },
];
