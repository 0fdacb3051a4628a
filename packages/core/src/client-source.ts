import { createClient, type FaceVerify, isClient, type PooledClient } from './client.ts';
import {
  type Environment,
  type FaceVerifyOptions,
  holdsKeys,
  holdsKeyVariables,
  processEnvironment,
  readOptions,
} from './options.ts';
import { ask } from './hook.ts';
import { invalid } from './option-checks.ts';
import { hasFields } from './shape.ts';
import type { MaybePromise, Platform } from './platform/platform.ts';

/** A client, or the options of one. */
export type ClientOrOptions = FaceVerify | FaceVerifyOptions;

/**
 * Where a request's client comes from: a client, options, or a function of the framework's request
 * or context that gives either. A function is for apps with several pairs of keys.
 */
export type Source<Native> = ClientOrOptions | ((native: Native) => MaybePromise<ClientOrOptions>);

/** Finds the client of a request. */
export type ClientOf<Native> = (native: Native) => MaybePromise<FaceVerify>;

/** Turns options, or an environment where they are left out, into a client that is kept. */
export type ClientFor = (source?: ClientOrOptions, environment?: Environment) => FaceVerify;

const MAX_CLIENTS = 64;
const NO_OPTIONS: FaceVerifyOptions = {};

/**
 * Keeps the clients of at most 64 pairs of keys. The one longest unused makes room: it gives its idle
 * connections back, and a request that holds it may still use it.
 */
export function createClientFor(platform: Platform): ClientFor {
  const clients = new Map<string, PooledClient>();
  /** The keys that were found in options together with an environment, so that none is read twice. */
  const found = new WeakMap<FaceVerifyOptions, WeakMap<Environment, string>>();

  return function clientFor(source = NO_OPTIONS, environment = processEnvironment()) {
    if (isClient(source)) return source;
    const key = found.get(source)?.get(environment);
    return (key === undefined ? undefined : use(key)) ?? read(source, environment);
  };

  function read(options: FaceVerifyOptions, environment: Environment): FaceVerify {
    const settings = readOptions(options, environment);
    const { baseUrl, apiKey, secretKey } = settings;
    const key = JSON.stringify([baseUrl, apiKey, typeof secretKey === 'string' ? secretKey : [...secretKey]]);
    const keys = found.get(options) ?? new WeakMap<Environment, string>();
    found.set(options, keys.set(environment, key));
    return use(key) ?? add(key, createClient(platform, settings));
  }

  /** The client kept by `key`, now the one used last: a map keeps the order of insertion. */
  function use(key: string): FaceVerify | undefined {
    const client = clients.get(key);
    if (client === undefined || (clients.size === 1 && !client.isClosed)) return client;
    clients.delete(key);
    if (client.isClosed) return undefined;
    clients.set(key, client);
    return client;
  }

  function add(key: string, client: PooledClient): FaceVerify {
    clients.set(key, client);
    const [longestUnused] = clients;
    if (clients.size > MAX_CLIENTS && longestUnused !== undefined) {
      clients.delete(longestUnused[0]);
      longestUnused[1].retire();
    }
    return client;
  }
}

/** Where to look for the client of a request when an adapter was given no source. */
export interface SourceDefaults<Native> {
  /** The client that a middleware put on the request before. */
  readonly mounted?: (native: Native) => FaceVerify | undefined;
  /** What came with the request, as variables do on Workers; without a key among them, those of the process count. */
  readonly environment?: (native: Native) => unknown;
}

/**
 * Finds the client of each request. Options are read at once, so that a mistake stops the app when
 * it starts, and so is the process's environment where there is nothing else to wait for.
 */
export function createClientSource<Native>(
  platform: Platform,
  clientFor: ClientFor,
  source: Source<Native> | undefined,
  { mounted, environment }: SourceDefaults<Native>,
): ClientOf<Native> {
  const variablesOf = (native: Native): Environment | undefined => {
    const given = environment?.(native);
    return holdsKeyVariables(given) ? given : undefined;
  };
  if (typeof source === 'function') {
    const clientOfGiven = (given: unknown, native: Native): FaceVerify => {
      // Nothing must not stand for the environment: its keys may be those of another tenant.
      if (!hasFields(given)) {
        throw invalid('source', 'is a function that gave neither options nor a client');
      }
      return clientFor(given, variablesOf(native)); // Options are checked there.
    };
    return (native) => {
      const given = ask(source, native);
      return given instanceof Promise
        ? given.then((later) => clientOfGiven(later, native))
        : clientOfGiven(given, native);
    };
  }
  if (source === undefined && mounted !== undefined) {
    return (native) => mounted(native) ?? clientFor(undefined, variablesOf(native));
  }
  if (
    environment !== undefined &&
    !isClient(source) &&
    (source === undefined || (hasFields(source) && !holdsKeys(source)))
  ) {
    return (native) => clientFor(source, variablesOf(native));
  }
  // oxlint-disable-next-line typescript/prefer-nullish-coalescing -- Null is a mistake, not left out.
  const options = source === undefined ? NO_OPTIONS : source;
  const client = isClient(options) ? options : createClient(platform, readOptions(options));
  return () => client;
}
