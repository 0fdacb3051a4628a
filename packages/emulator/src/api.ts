import type { Context } from 'hono';
import { type AcceptedRequest, checkRequest, type Refusal } from './checks.ts';
import { type Connection, ConnectionEnded, readBody } from './connection.ts';
import { applyFault, type FaultPlan } from './faults.ts';
import { FOREIGN_HOST } from './host-check.ts';
import type { RequestLog } from './request-log.ts';
import type { SessionStore } from './sessions.ts';

/** What an emulator keeps in memory. */
export interface State {
  readonly clients: ReadonlyMap<string, string>;
  /** The origin of every link. Default: the origin of each request. */
  readonly publicOrigin: string | undefined;
  readonly received: RequestLog;
  readonly faults: FaultPlan;
  readonly sessions: SessionStore;
  /** The number of resets, to drop requests that began before the last one. */
  resets: number;
}

/** Whether a request is for the API rather than for a page. */
export function isApiRequest({ headers, url }: Request): boolean {
  return new URL(url).pathname.startsWith('/api/') || headers.has('x-auth-client') || headers.has('x-hmac-signature');
}

/** Handles a request to the API: checks and logs it, then applies a fault or answers it. */
export async function handleApiRequest(c: Context<{ Bindings: Connection }>, state: State): Promise<Response> {
  const { method, headers, url } = c.req.raw;
  const { target, foreignHost } = c.env;
  const { origin } = new URL(url);
  const { resets } = state;
  // Taken before anything is awaited, so that faults apply to requests in the order in which they arrive.
  const nextFault = foreignHost ? undefined : state.faults.takeNext();
  const body = await readBody(c.req.raw);
  const verdict = foreignHost
    ? FOREIGN_HOST
    : await checkRequest({ method, origin, target, headers, body }, state.clients);
  const endIfReset = (): void => {
    if (state.resets !== resets) throw new ConnectionEnded();
  };
  endIfReset();
  await state.received.add({ method, target, headers, body, verdict });

  const uniqueIdentifier = 'apiKey' in verdict ? verdict.uniqueIdentifier : undefined;
  const fault = nextFault ?? state.faults.findFor(uniqueIdentifier);
  const respond = (): Response => {
    endIfReset();
    return 'apiKey' in verdict ? sessionResponse(verdict, origin, state) : refusalResponse(verdict);
  };
  return fault === undefined ? respond() : applyFault(fault, { signal: c.env.signal, respond });
}

/** The documented response. Source: the example at the end of the vendor's page. */
function sessionResponse(request: AcceptedRequest, origin: string, { sessions, publicOrigin }: State): Response {
  const baseUrl = publicOrigin ?? origin;
  const { sessionId, token, url } = sessions.getOrCreate(request, baseUrl);
  return json(200, { success: true, data: { sessionId, baseUrl, Token: token, url } });
}

/** The vendor does not document the body of an error: this format is the emulator's own. */
function refusalResponse({ status, code, message }: Refusal): Response {
  return json(status, { success: false, code, message }, status === 405 ? { allow: 'POST' } : {});
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
