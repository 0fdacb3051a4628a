import { ConnectionEnded, type Connection, pause } from './connection.ts';

/**
 * A fault by name:
 * - `stall`: no answer until the caller gives up or the server closes
 * - `stall_body`: status, headers and half of the body, then nothing
 * - `disconnect`: the connection ends without an answer; a `fetch` rejects
 * - `redirect`: 307 to another host
 * - `bad_url`: 200 whose `url` is on another host
 * - `success_false`: 200 with `success: false`
 * - `html`: 200 with a web page, as from a proxy in between
 * - `empty`: 200 without a body
 * - `truncated_json`: 200 whose JSON is cut short
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

/**
 * How a request to the API fails: by name, with any answer that you give, or late (`delayMs`: the
 * ordinary answer after that many milliseconds).
 */
export type Fault =
  | FaultName
  | {
      /** 200 to 599. */
      readonly status: number;
      /** Further headers, such as `retry-after`. */
      readonly headers?: Readonly<Record<string, string>> | undefined;
      /** The exact body; a short JSON error unless given. */
      readonly body?: string | undefined;
      /** Milliseconds to wait before. */
      readonly delayMs?: number | undefined;
    }
  | { readonly delayMs: number };

/** What a fault needs of the request that it hits. */
export interface FaultScene extends Connection {
  /** The ordinary answer, which some faults spoil. */
  readonly answer: () => Response;
}

const ELSEWHERE = 'https://elsewhere.invalid';
const FAULT_BODY = '{"success":false,"code":"fault","message":"A fault of the emulator."}';

const NAMED: Readonly<Record<FaultName, (scene: FaultScene) => Response | Promise<Response>>> = {
  async stall({ signal }) {
    await pause(signal);
    throw new ConnectionEnded();
  },
  stall_body: ({ answer }) => spoil(answer(), (text) => withoutEnd(text.slice(0, text.length / 2))),
  disconnect() {
    throw new ConnectionEnded();
  },
  redirect: () => new Response(null, { status: 307, headers: { location: `${ELSEWHERE}/` } }),
  bad_url: ({ answer }) =>
    spoil(answer(), (text) => json(text.replace(/"url":"https?:\/\/[^/]+/, `"url":"${ELSEWHERE}`))),
  success_false: () => json(FAULT_BODY),
  html: () =>
    new Response('<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>', {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    }),
  empty: () => new Response(null),
  truncated_json: ({ answer }) => spoil(answer(), (text) => json(text.slice(0, text.length / 2))),
  too_large: () => json(JSON.stringify({ success: true, data: { padding: ' '.repeat(1024 * 1024) } })),
};

/** The faults that are still to be played. */
export class FaultPlan {
  #next: { readonly fault: Fault; times: number }[] = [];
  readonly #always = new Map<string, Fault>();

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
    this.#always.set(uniqueIdentifier, fault);
  }

  /** The fault that a request meets whatever it is, if any; each call uses one up. */
  takeNext(): Fault | undefined {
    const [next] = this.#next;
    if (next === undefined) return undefined;
    next.times--;
    if (next.times === 0) this.#next.shift();
    return next.fault;
  }

  /** The fault of an identifier, if it has one. */
  findFor(uniqueIdentifier: string | undefined): Fault | undefined {
    return uniqueIdentifier === undefined ? undefined : this.#always.get(uniqueIdentifier);
  }

  clear(): void {
    this.#next = [];
    this.#always.clear();
  }
}

/** Answers as the fault says. */
export async function play(fault: Fault, scene: FaultScene): Promise<Response> {
  if (typeof fault === 'string') return NAMED[fault](scene);
  if (fault.delayMs !== undefined) await pause(scene.signal, fault.delayMs);
  return 'status' in fault ? fixedAnswer(fault) : scene.answer();
}

type FixedAnswer = Extract<Fault, { status: number }>;

function fixedAnswer({ status, headers, body }: FixedAnswer): Response {
  const bodiless = status === 204 || status === 205 || status === 304;
  const all = new Headers(headers);
  if (!bodiless && !all.has('content-type')) all.set('content-type', 'application/json');
  return new Response(bodiless ? null : (body ?? FAULT_BODY), { status, headers: all });
}

/** A fault that cannot be played is a mistake in the test: it must show where it is written. */
function checkFault(fault: unknown): void {
  if (typeof fault === 'string' && Object.hasOwn(NAMED, fault)) return;
  const fields: Readonly<Record<string, unknown>> = typeof fault === 'object' ? { ...fault } : {};
  const { status, headers, body, delayMs } = fields;
  const known = new Set(['delayMs', ...(status === undefined ? [] : ['status', 'headers', 'body'])]);
  const playable = status !== undefined || delayMs !== undefined;
  if (playable && Object.keys(fields).every((name) => known.has(name)) && isDelay(delayMs)) {
    if (status === undefined) return;
    if (
      typeof status === 'number' &&
      Number.isInteger(status) &&
      isHeaders(headers) &&
      (body === undefined || typeof body === 'string')
    ) {
      fixedAnswer({ status, headers, body }); // Throws where the status or a header is out of range.
      return;
    }
  }
  const names = Object.keys(NAMED).map((name) => `'${name}'`);
  throw new TypeError(`A fault is { status, headers?, body?, delayMs? }, { delayMs } or one of ${names.join(', ')}.`);
}

/** A timer cannot wait longer: it would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

function isDelay(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= MAX_DELAY_MS);
}

function isHeaders(value: unknown): value is Readonly<Record<string, string>> | undefined {
  if (value === undefined) return true;
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

/** Spoils a good answer; a refusal stays as it is. */
async function spoil(answer: Response, change: (text: string) => Response): Promise<Response> {
  return answer.ok ? change(await answer.text()) : answer;
}

function json(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'application/json' } });
}

/** A body that begins with `text` and never ends. */
function withoutEnd(text: string): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}
