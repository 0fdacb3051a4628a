import { createServer, type RequestListener } from 'node:http';
import { close, listen } from './listen.ts';

/** An app that listens. */
export interface RunningApp {
  /** Its origin. */
  readonly url: string;
  close(): Promise<void>;
  /** What it wrote to its console, where that is not the console of the test's own process. */
  readonly written?: () => string;
}

/** Serves `listener` on a free port of the loopback interface. */
export async function serve(listener: RequestListener): Promise<RunningApp> {
  const server = createServer(listener);
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    close() {
      const closed = close(server);
      server.closeAllConnections();
      return closed;
    },
  };
}
