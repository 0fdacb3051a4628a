import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { listen } from '../../support/listen.ts';
import { type Report, type RunningFault, startFault } from './fault-server.ts';
import { behaviorNamed } from './faults.ts';

/**
 * Fault servers in another process than their clients: what a client leaves behind can then be
 * counted in its own process, and neither disturbs the other's clock.
 */
export interface Control {
  readonly port: number;
  close(): Promise<void>;
}

/** A fault that runs elsewhere. */
export interface RemoteFault {
  readonly origin: string;
  report(): Promise<Report>;
  stop(): Promise<void>;
}

/** Starts faults by commands to a port of the loopback interface. */
export async function startControl(): Promise<Control> {
  const running = new Map<string, RunningFault>();

  async function command(verb: string, subject: string): Promise<unknown> {
    if (verb === 'start') {
      const fault = await startFault(behaviorNamed(subject));
      const id = randomUUID();
      running.set(id, fault);
      return { id, origin: fault.origin };
    }
    const fault = running.get(subject);
    if (fault === undefined) throw new Error(`Nothing runs at ${subject}.`);
    if (verb === 'report') return fault.report();
    running.delete(subject);
    await fault.stop();
    return {};
  }

  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://control');
    command(url.pathname.slice(1), url.searchParams.get('of') ?? '').then(
      (result) => response.end(JSON.stringify(result)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const port = await listen(server);

  return {
    port,
    async close() {
      await Promise.all([...running.values()].map((fault) => fault.stop()));
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Starts the fault of this name through the control on `port`. */
export async function startRemoteFault(port: number, name: string): Promise<RemoteFault> {
  // Safe: both ends of the control are in this file.
  const { id, origin } = (await ask(port, 'start', name)) as { id: string; origin: string };
  return {
    origin,
    report: async () => (await ask(port, 'report', id)) as Report, // Safe as above.
    async stop() {
      await ask(port, 'stop', id);
    },
  };
}

async function ask(port: number, verb: string, subject: string): Promise<unknown> {
  const target = `/${verb}?${new URLSearchParams({ of: subject }).toString()}`;
  // A connection of its own: none may be left over when the client's are counted.
  const request = http.get({ host: '127.0.0.1', port, path: target, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]; // Safe: that is what 'response' carries.
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += String(piece);
  if (response.statusCode !== 200) throw new Error(text);
  return JSON.parse(text);
}
