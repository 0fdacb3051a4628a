// The same app on Node, where it starts without an account.
import { getRequestListener } from '@hono/node-server';
import { startEmulator } from '../shared/emulator.ts';
import { serve } from '../shared/serve.ts';
import app from './app.ts';

const emulator = await startEmulator(); // Unless the environment holds keys.

export const running = await serve(getRequestListener(app.fetch), emulator);
