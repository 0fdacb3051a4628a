import { ConnectionEnded, waitForAbort } from './connection.ts';

/**
 * A fault by name:
 * - `stall`: no response until the client gives up or the server closes
 * - `stall_body`: status, headers and half of the body, then nothing
 * - `disconnect`: the connection closes without a response; `fetch` rejects
 * - `redirect`: 307 to another host
 * - `bad_url`: 200 with a `url` on another host
 * - `success_false`: 200 with `success: false`
 * - `html`: 200 with a web page, as from a proxy
 * - `empty`: 200 without a body
 * - `truncated_json`: 200 with the first half of the JSON
 * - `too_large`: 200 with 1 MiB of JSON
 */
export type FaultName =
  | 'stall'
  | 'stall_body'
  | 'disconnect'
  | 'redirect'
  | 'bad_url'
  | 'success_false'
  | 'html'
  | 'empty'
  | 'truncated_json'
  | 'too_large';

/** How a request to the API fails: a fault by name, a response of your own, or the normal response after a delay. */
export type Fault =
  | FaultName
  | {
      /** 200 to 599. */
      readonly status: number;
      /** Additional headers, such as `retry-after`. */
      readonly headers?: Readonly<Record<string, string>> | undefined;
      /** Default: a short JSON error. */
      readonly body?: string | undefined;
      /** Milliseconds to wait before the response. */
      readonly delayMs?: number | undefined;
    }
  | { readonly delayMs: number };

/** What a fault needs to know about the request. */
export interface FaultContext {
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal;
  /** Creates the normal response, which some faults change. */
  readonly respond: () => Response;
}

const OTHER_ORIGIN = 'https://other-host.invalid';
const FAULT_BODY = '{"success":false,"code":"fault","message":"A simulated fault."}';

const NAMED_FAULTS: Readonly<Record<FaultName, (context: FaultContext) => Response | Promise<Response>>> = {
  async stall({ signal }) {
    await waitForAbort(signal);
    throw new ConnectionEnded();
  },
  stall_body: ({ respond }) => changeBody(respond(), (text) => endless(text.slice(0, text.length / 2))),
  disconnect() {
    throw new ConnectionEnded();
  },
  redirect: () => new Response(null, { status: 307, headers: { location: `${OTHER_ORIGIN}/` } }),
  bad_url: ({ respond }) =>
    changeBody(respond(), (text) => json(text.replace(/"url":"https?:\/\/[^/]+/, `"url":"${OTHER_ORIGIN}`))),
  success_false: () => json(FAULT_BODY),
  html: () =>
    new Response('<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>', {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    }),
  empty: () => new Response(null),
  truncated_json: ({ respond }) => changeBody(respond(), (text) => json(text.slice(0, text.length / 2))),
  too_large: () => json(JSON.stringify({ success: true, data: { padding: ' '.repeat(1024 * 1024) } })),
};

/** The faults of the requests to come. */
export class FaultPlan {
  #next: { readonly fault: Fault; times: number }[] = [];
  readonly #byIdentifier = new Map<string, Fault>();

  addNext(fault: Fault, times: number): void {
    checkFault(fault);
    if (times !== Infinity && !(Number.isInteger(times) && times > 0)) {
      throw new RangeError('failNext: times must be a whole number above 0, or Infinity.');
    }
    this.#next.push({ fault, times });
  }

  addFor(uniqueIdentifier: string, fault: Fault): void {
    checkFault(fault);
    if (typeof uniqueIdentifier !== 'string' || uniqueIdentifier === '') {
      throw new TypeError('failFor: the first argument must be a uniqueIdentifier, a string.');
    }
    this.#byIdentifier.set(uniqueIdentifier, fault);
  }

  /** Takes the fault of the next request off the queue, if there is one. */
  takeNext(): Fault | undefined {
    const [next] = this.#next;
    if (next === undefined) return undefined;
    next.times--;
    if (next.times === 0) this.#next.shift();
    return next.fault;
  }

  /** The fault of an identifier, if there is one. */
  findFor(uniqueIdentifier: string | undefined): Fault | undefined {
    return uniqueIdentifier === undefined ? undefined : this.#byIdentifier.get(uniqueIdentifier);
  }

  clear(): void {
    this.#next = [];
    this.#byIdentifier.clear();
  }
}

/** Responds as the fault says. */
export async function applyFault(fault: Fault, context: FaultContext): Promise<Response> {
  if (typeof fault === 'string') return NAMED_FAULTS[fault](context);
  if (fault.delayMs !== undefined) await waitForAbort(context.signal, fault.delayMs);
  return 'status' in fault ? fixedResponse(fault) : context.respond();
}

type FixedResponse = Extract<Fault, { status: number }>;

function fixedResponse({ status, headers, body }: FixedResponse): Response {
  const hasNoBody = status === 204 || status === 205 || status === 304;
  const allHeaders = new Headers(headers);
  if (!hasNoBody && !allHeaders.has('content-type')) allHeaders.set('content-type', 'application/json');
  return new Response(hasNoBody ? null : (body ?? FAULT_BODY), { status, headers: allHeaders });
}

/** Throws where the fault is set, not when a request comes: there the mistake is easy to find. */
function checkFault(fault: unknown): void {
  if (typeof fault === 'string' && Object.hasOwn(NAMED_FAULTS, fault)) return;
  const fields: Readonly<Record<string, unknown>> = typeof fault === 'object' ? { ...fault } : {};
  const { status, headers, body, delayMs, ...unknown } = fields;
  const isDelayOnly = delayMs !== undefined && Object.keys(fields).length === 1;
  if (Object.keys(unknown).length === 0 && isDelay(delayMs) && isHeaders(headers) && isOptionalString(body)) {
    if (isDelayOnly) return;
    if (typeof status === 'number' && Number.isInteger(status)) {
      fixedResponse({ status, headers, body }); // Throws if the status or a header is out of range.
      return;
    }
  }
  const names = Object.keys(NAMED_FAULTS).map((name) => `'${name}'`);
  throw new TypeError(
    `A fault must be { status, headers?, body?, delayMs? }, { delayMs } or one of ${names.join(', ')}.`,
  );
}

/** The longest delay of a timer: a longer one would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

function isDelay(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= MAX_DELAY_MS);
}

function isHeaders(value: unknown): value is Readonly<Record<string, string>> | undefined {
  if (value === undefined) return true;
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

function isOptionalString(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

/** Changes the body of a successful response; a refusal stays as it is. */
async function changeBody(response: Response, change: (text: string) => Response): Promise<Response> {
  return response.ok ? change(await response.text()) : response;
}

function json(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'application/json' } });
}

/** A response whose body begins with `text` and never ends. */
function endless(text: string): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}
