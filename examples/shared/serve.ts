import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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
  const files = readFiles();
  const server = createServer((req, res) => {
    const file = files.get(req.url ?? '');
    if (file === undefined || req.method !== 'GET') app(req, res);
    else res.writeHead(200, { 'content-type': file.type, 'x-content-type-options': 'nosniff' }).end(file.content);
  });
  const url = `http://localhost:${await listen(server)}`;
  const stop = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve));
    await emulator?.close();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  console.log(`\n  Open ${url}\n`);
  return { url, stop };
}

function readFiles(): ReadonlyMap<string, { type: string; content: Buffer }> {
  const types = { 'page.css': 'text/css', 'page.js': 'text/javascript', 'icon.svg': 'image/svg+xml' };
  return new Map(
    Object.entries(types).map(([name, type]) => {
      const content = readFileSync(new URL(`./public/${name}`, import.meta.url));
      return [`/${name}`, { type: `${type}; charset=utf-8`, content }];
    }),
  );
}

async function listen(server: Server): Promise<number> {
  const wanted = process.env['PORT'];
  const ports = wanted === undefined ? [3000, 3001, 3002, 3003, 3004, 3005] : [Number(wanted)];
  for (const port of ports) {
    // One after the other, to take the first that is free.
    if (await listensOn(server, port)) return (server.address() as AddressInfo).port; // Safe: it listens on a port.
  }
  console.error(`Port ${ports.join(', ')}: taken. Choose another one, such as PORT=8080.`);
  return process.exit(1);
}

/** Whether it worked; rejects for any reason but a port that is taken. */
function listensOn(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', failed).listen(port, 'localhost', () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}
