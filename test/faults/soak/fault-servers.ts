import { type RemoteFault, startRemoteFault } from '../server/control.ts';
import { startChild } from './child.ts';

/** The fault servers, in a process of their own. */
export interface FaultServers {
  start(name: string): Promise<RemoteFault>;
  stop(): void;
}

export async function startFaultServers(): Promise<FaultServers> {
  const { process, port } = await startChild('serve.js');
  return {
    start: (name) => startRemoteFault(port, name),
    stop: () => process.kill(),
  };
}
