import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { fileAt } from './files.ts';
import { listen } from './port.ts';

/** A running example. */
export interface Running {
  readonly url: string;
  /** Resolves when the last answer is sent. */
  readonly stop: () => Promise<void>;
}

/**
 * Serves an app on `PORT`, or on the first free port from 3000, to this machine only, and stops at
 * Ctrl-C. The page's files come first, as they do on Workers, where the platform serves them.
 */
export async function serve(app: RequestListener, emulator?: { close: () => Promise<void> }): Promise<Running> {
  const answering = new Set<ServerResponse>();
  const server = createServer((req, res) => {
    answering.add(res);
    res.once('close', () => answering.delete(res));
    const file = fileAt(req.url ?? '');
    if (file === undefined || req.method !== 'GET') app(req, res);
    else res.writeHead(200, file.headers).end(file.content);
  });
  const { PORT } = process.env;
  const ports = PORT === undefined ? [3000, 3001, 3002, 3003, 3004, 3005] : [Number(PORT)];
  const port = await listen(server, ports);
  if (port === undefined) {
    console.error(`Port ${ports.join(', ')}: taken. Choose another one, such as PORT=8080.`);
    process.exit(1);
  }
  const url = `http://localhost:${port}`;
  const stop = async (): Promise<void> => {
    const closed = once(server.close(), 'close');
    await Promise.all([...answering].map((res) => once(res, 'close')));
    server.closeAllConnections(); // Browsers keep spare ones, on which nothing was ever asked.
    await closed;
    await emulator?.close();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  console.log(`\n  Open ${url}\n`);
  return { url, stop };
}
