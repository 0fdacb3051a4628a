import { processEnvironment } from '#platform';
import { Client, type FaceVerify, isClient } from '../client.ts';
import { BASE_URL_VARIABLE, type Environment, hasOwnKey, hasVariableFor } from '../keys.ts';
import { type FaceVerifyOptions, OPTION_NAMES, readOptions, type Settings } from '../options.ts';
import type { MaybePromise } from '../platform/platform.ts';
import { callUserFunction } from '../user-functions.ts';
import { hasFields, invalidOption, ownField, readFields } from '../validation.ts';

/** A client, or the options of one. */
export type ClientOrOptions = FaceVerify | FaceVerifyOptions;

/**
 * Where the client of a request comes from: a client, options, or a function of the framework's request or context that
 * gives either. A function is for apps with several accounts: what it gives must hold both keys, or be a client. `Rest`
 * is what the framework passes after the request.
 */
export type Source<FrameworkRequest, Rest extends unknown[] = []> =
  | ClientOrOptions
  | ((request: FrameworkRequest, ...rest: Rest) => MaybePromise<ClientOrOptions>);

/** Gives the client of a request. */
export type ClientResolver<FrameworkRequest, Rest extends unknown[] = []> = (
  request: FrameworkRequest,
  ...rest: Rest
) => MaybePromise<FaceVerify>;

/** Where else an adapter finds a client. */
export interface ResolverDefaults<FrameworkRequest> {
  /** The client that a middleware put on the request. */
  readonly mounted?: (request: FrameworkRequest) => FaceVerify | undefined;
  /** Variables that came with the request, as on Workers. Those of the process count if no key is among them. */
  readonly environment?: (request: FrameworkRequest) => unknown;
}

/**
 * For adapters: how to find the client of each request. Options are checked at once, so that a mistake stops the app
 * when it starts; so is the process's environment, unless a client may come with the request. Every source keeps
 * clients of its own, so that each of its options counts.
 *
 * @throws {FaceVerifyError} `invalid_options`, naming the option to fix.
 * @example
 * const clientOf = createClientResolver<Context>(source, { environment: (context) => context.env });
 * const handle = async (context: Context) => (await clientOf(context)).createSession();
 */
export function createClientResolver<FrameworkRequest, Rest extends unknown[] = []>(
  source: Source<FrameworkRequest, Rest> | undefined,
  defaults: ResolverDefaults<FrameworkRequest> = {},
): ClientResolver<FrameworkRequest, Rest> {
  if (isClient(source)) return () => source;
  const { mounted, environment } = defaults;
  const clients = new ClientCache();
  const variablesFor = (options: object, request: FrameworkRequest): Environment | undefined => {
    const given = environment?.(request);
    return hasVariableFor(options, given) ? given : undefined;
  };

  if (typeof source === 'function') {
    const clientOf = (given: unknown, request: FrameworkRequest): FaceVerify => {
      if (isClient(given)) return given;
      // Never fall back to the environment's keys: they may be another tenant's.
      if (!hasFields(given) || !hasOwnKey(given)) {
        throw invalidOption('source', 'gave neither a client nor both keys');
      }
      // Without its keys, so that they cannot be used, whatever `given` is.
      const variables = variablesFor(given, request) ?? processEnvironment();
      return clients.get(given, { [BASE_URL_VARIABLE]: ownField(variables, BASE_URL_VARIABLE) });
    };
    return (request, ...rest) => {
      const given = callUserFunction(() => source(request, ...rest), undefined);
      return given instanceof Promise
        ? given.then((resolved) => clientOf(resolved, request))
        : clientOf(given, request);
    };
  }

  // A copy: the user's object may change.
  const options = source === undefined ? {} : readFields(source, 'options', OPTION_NAMES);
  let ofProcess: Client | undefined;
  const clientOfProcess = (): FaceVerify => {
    if (ofProcess === undefined || ofProcess.isClosed) ofProcess = clients.get(options, processEnvironment());
    return ofProcess;
  };
  const isKeyless = !hasOwnKey(options);
  // If the keys may come with the request, the other options are still checked now.
  if (isKeyless && (environment ?? mounted) !== undefined) readOptions({ ...options, ...ANY_KEYS }, {});
  else clientOfProcess();

  return (request, ..._rest) => {
    const ofMiddleware = isKeyless ? mounted?.(request) : undefined;
    if (ofMiddleware !== undefined) {
      if (source === undefined) return ofMiddleware;
      // Never swap accounts: the mounted client may be a tenant's, and the keys of the environment another's.
      throw invalidOption('client', 'has no keys, but faceVerify() has a client. Pass both keys');
    }
    const variables = variablesFor(options, request);
    return variables === undefined ? clientOfProcess() : clients.get(options, variables);
  };
}

const ANY_KEYS = { apiKey: 'any', secretKey: 'any' };
const MAX_CLIENTS = 64;

/** The clients of one source. Of more than 64, the one that was unused for longest is dropped. */
class ClientCache {
  readonly #entries: { readonly identity: readonly unknown[]; readonly client: Client }[] = [];

  /** The client of these options: compared by value, but functions and agents by identity. */
  get(options: FaceVerifyOptions, environment: Environment): Client {
    const settings = readOptions(options, environment);
    const identity = identityOf(settings);
    const index = this.#entries.findIndex((entry) => isSame(entry.identity, identity));
    const found = index === -1 ? undefined : this.#entries.splice(index, 1)[0]?.client;
    const client = found === undefined || found.isClosed ? new Client(settings) : found;
    this.#entries.push({ identity, client });
    // A request may still use the client that is dropped.
    if (this.#entries.length > MAX_CLIENTS) this.#entries.shift()?.client.closeIdleConnections();
    return client;
  }
}

function identityOf({ secretKey, retry, sessionHosts, ...rest }: Settings): readonly unknown[] {
  const secret = typeof secretKey === 'string' ? [secretKey] : ['bytes', ...secretKey];
  return [...Object.values(rest), ...Object.values(retry), sessionHosts.join(), ...secret];
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}
