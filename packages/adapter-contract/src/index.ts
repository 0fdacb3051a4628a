/**
 * The contract of adapters: one app as data, one suite that visits it. To join, mount every scenario
 * of `contractApp` in your framework and hand the start of that app to `adapterContract`. The entry
 * `/app` has the app alone, for runtimes that have no vitest.
 *
 * @module
 */
export { type ContractApp, contractApp } from './contract-app.ts';
export { adapterContract } from './contract.ts';
export { statusOverHttp2 } from './http2.ts';
export type { Scenario, View } from './scenarios.ts';
export { serve } from './serve.ts';
export type { AppSettings, RunningApp, StartApp } from './settings.ts';
