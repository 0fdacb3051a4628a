import type { Hono } from 'hono';
import type { Connection } from './connection.ts';
import type { SessionStore } from './sessions.ts';

/** The pages for people. */
export function addPages(app: Hono<{ Bindings: Connection }>, sessions: SessionStore): void {
  app.get('/', (c) => c.json({ name: '@faceverify/emulator' }));
  app.get('/new/:token', (c) => {
    const session = sessions.find(c.req.param('token'));
    return session === undefined ? c.notFound() : c.html('<!doctype html><title>Emulator</title>');
  });
}
