import { once } from 'node:events';
import { createServer } from 'node:http';

/** Posts to a listener of node:http, or to an app with a `fetch` of its own. */
export async function post(app, path) {
  if (typeof app !== 'function') return app.fetch(new Request(`http://localhost${path}`, { method: 'POST' }));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { method: 'POST' });
  const body = await response.text();
  server.closeAllConnections();
  server.close();
  return new Response(body, response);
}
