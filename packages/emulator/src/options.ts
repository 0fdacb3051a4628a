import type { ReceivedRequest } from './request-log.ts';

/** How to set up an emulator. */
export interface EmulatorOptions {
  /** The API keys to accept, each with its secret key. Default: `emulator-api-key` with `emulator-secret-key`. */
  readonly clients?: Readonly<Record<string, string>> | undefined;
  /**
   * Called with every request to the API, before it is answered, for a log of your own. A promise is awaited.
   * If it throws or rejects, so does `fetch`; on a port the error is logged and the answer is a 500.
   */
  readonly onRequest?: ((request: ReceivedRequest) => unknown) | undefined;
  /**
   * The origin at which a browser reaches the emulator, such as `http://localhost:4400`. Every link starts with it.
   * Set it where your app uses another address than the browser: in a container network, behind a proxy or a tunnel.
   * Default: the origin of each request.
   */
  readonly publicUrl?: string | undefined;
}

/** The checked options. */
export interface Settings {
  readonly clients: ReadonlyMap<string, string>;
  readonly onRequest: EmulatorOptions['onRequest'];
  /** `publicUrl` as an origin. */
  readonly publicOrigin: string | undefined;
}

const DEFAULT_CLIENTS = { 'emulator-api-key': 'emulator-secret-key' };
const NAMES: readonly string[] = ['clients', 'onRequest', 'publicUrl'] satisfies (keyof EmulatorOptions)[];

/** Checks the options. No error message contains a key. */
export function readOptions(options: EmulatorOptions): Settings {
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw invalid(`there is no option ${JSON.stringify(unknown)}. The options are: ${NAMES.join(', ')}`);
  }
  const { clients = DEFAULT_CLIENTS, onRequest, publicUrl } = options;
  const pairs = new Map(Object.entries(clients));
  if (pairs.size === 0) throw invalid('clients must hold at least one API key with its secret key');
  for (const [apiKey, secretKey] of pairs) {
    if (!/^[\x21-\x7e]+$/.test(apiKey)) throw invalid('each API key in clients must be printable ASCII without spaces');
    if (typeof secretKey !== 'string' || secretKey === '') {
      throw invalid('each secret key in clients must be a string that is not empty');
    }
  }
  if (onRequest !== undefined && typeof onRequest !== 'function') throw invalid('onRequest must be a function');
  const publicOrigin = parseOrigin(publicUrl);
  if (publicUrl !== undefined && publicOrigin === undefined) throw invalid(`publicUrl ${ORIGIN_RULE}`);
  return { clients: pairs, onRequest, publicOrigin };
}

/** What {@link parseOrigin} accepts, to end an error message with. */
export const ORIGIN_RULE = 'must be an http or https origin such as "http://localhost:4400", without a path';

/** Normalises an http or https origin; `undefined` if the value is anything else. */
export function parseOrigin(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { href, origin, protocol } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && href === `${origin}/` ? origin : undefined;
}

function invalid(problem: string): TypeError {
  return new TypeError(`createEmulator: ${problem}.`);
}
