/**
 * Everything that can go wrong between an app and the vendor, over raw sockets.
 *
 * @module
 */
export { startControl, startRemoteFault, type Control, type RemoteFault } from './control.ts';
export type { Expectation, Expected, Kind, Outcome } from './expectation.ts';
export type { Exchange, Fault, Scenario } from './fault.ts';
export { startFault, type Report, type RunningFault } from './fault-server.ts';
export { faultNamed, FAULTS, scenarioNamed } from './faults.ts';
