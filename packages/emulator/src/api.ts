import type { Context } from 'hono';
import { type Accepted, check, type Refusal } from './checks.ts';
import { type Connection, ConnectionEnded, readBody } from './connection.ts';
import { type FaultPlan, play } from './faults.ts';
import { FOREIGN_HOST } from './host-check.ts';
import type { ReceivedLog } from './received.ts';
import type { SessionStore } from './sessions.ts';

/** What the emulator keeps. */
export interface State {
  readonly clients: ReadonlyMap<string, string>;
  /** The origin of every link; by default that of each request. */
  readonly publicOrigin: string | undefined;
  readonly received: ReceivedLog;
  readonly faults: FaultPlan;
  readonly sessions: SessionStore;
  /** Counts the resets, so that a request from before one leaves no trace after it. */
  resets: number;
}

/** Whether a request is meant for the API rather than for a page. */
export function isForApi(request: Request): boolean {
  const { headers, url } = request;
  return new URL(url).pathname.startsWith('/api/') || headers.has('x-auth-client') || headers.has('x-hmac-signature');
}

/** Answers one request to the API: check it, remember it, then fail as asked or answer. */
export async function answerApi(c: Context<{ Bindings: Connection }>, state: State): Promise<Response> {
  const { method, headers, url } = c.req.raw;
  const { target, foreignHost } = c.env;
  const { origin } = new URL(url);
  const { resets } = state;
  // At once: faults meet requests in the order of their arrival. A foreign host meets none.
  const next = foreignHost ? undefined : state.faults.takeNext();
  const body = await readBody(c.req.raw);
  const verdict = foreignHost ? FOREIGN_HOST : await check({ method, origin, target, headers, body }, state.clients);
  const endIfReset = (): void => {
    if (state.resets !== resets) throw new ConnectionEnded();
  };
  endIfReset();
  await state.received.add({ method, target, headers, body, verdict });

  const uniqueIdentifier = 'apiKey' in verdict ? verdict.uniqueIdentifier : undefined;
  const fault = next ?? state.faults.findFor(uniqueIdentifier);
  const answer = (): Response => {
    endIfReset();
    return 'apiKey' in verdict ? sessionAnswer(verdict, origin, state) : refusalAnswer(verdict);
  };
  return fault === undefined ? answer() : play(fault, { ...c.env, answer });
}

/** The documented answer. Source: the vendor's page, the example at its end. */
function sessionAnswer(accepted: Accepted, origin: string, { sessions, publicOrigin }: State): Response {
  const baseUrl = publicOrigin ?? origin;
  const { sessionId, token, url } = sessions.open(accepted.apiKey, accepted, baseUrl);
  return json(200, { success: true, data: { sessionId, baseUrl, Token: token, url } });
}

/** The vendor documents no body of an error: this form is the emulator's own. */
function refusalAnswer({ status, code, message }: Refusal): Response {
  return json(status, { success: false, code, message }, status === 405 ? { allow: 'POST' } : {});
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  });
}
