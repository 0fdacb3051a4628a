import type { RunningApp } from '../support/serve.ts';

/** Keys of the vendor's API and where it is. */
export interface VendorAccess {
  readonly apiKey: string;
  readonly secretKey: string;
  readonly baseUrl: string;
}

/** What a contract app is told when it starts: plain JSON, since on Workers it travels as a binding. */
export interface AppSettings {
  /** Where the app is mounted: empty for the root. */
  readonly prefix: '' | `/${string}`;
  /** Whether a middleware before the routes reads JSON and form bodies. */
  readonly parseBody: boolean;
  /** The emulated vendor, with the keys of two of its clients. */
  readonly vendor: VendorAccess;
  readonly otherVendor: VendorAccess;
  /** The same, on a port where nobody listens. */
  readonly vendorDown: VendorAccess;
  /** The same, on a port that takes every request and never answers. */
  readonly vendorSilent: VendorAccess;
  /** Whether the routes are given their keys, or look for them in the environment. */
  readonly keys: 'given' | 'from environment';
  /** `default`: errors are left to what the framework does by itself, and nobody notes them. */
  readonly errorHandling?: 'default';
  /** The environment variables that the app finds: all that start with `FACEVERIFY_`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts the contract app of one adapter on a free port of the loopback interface. */
export type StartApp = (settings: AppSettings) => Promise<RunningApp>;
