import { once } from 'node:events';
import net from 'node:net';
import type { Place } from './fault.ts';
import { openFullBacklog } from './full-backlog.ts';
import { close, listen } from './listening.ts';

/** An origin at which no server of ours can be reached. */
export interface Nowhere {
  readonly origin: string;
  stop(): Promise<void>;
}

export const NOWHERE: Readonly<Record<Exclude<Place, 'http' | 'https'>, () => Promise<Nowhere>>> = {
  async 'nobody listening'() {
    // The port of a client's end of a connection: taken, so that no server gets it, but nobody listens.
    const server = net.createServer();
    const client = net.connect(await listen(server), '127.0.0.1');
    await once(client, 'connect');
    return {
      origin: `http://127.0.0.1:${client.localPort}`,
      async stop() {
        client.destroy();
        await close(server);
      },
    };
  },
  async 'unknown name'() {
    // A label may have 63 letters: the lookup fails on every machine, without asking the network.
    return { origin: `https://${'x'.repeat(64)}.invalid`, stop: async () => undefined };
  },
  async 'full backlog'() {
    const { port, stop } = await openFullBacklog();
    return { origin: `http://127.0.0.1:${port}`, stop };
  },
};
