import { Refusal, retryAfterMs } from './answer.ts';
import { FAILURES, FaceVerifyError, type FailureCode, mayRetry } from './failure.ts';
import type { Settings } from './options.ts';
import type { Answer, Lost, Outgoing, Sender } from './platform/platform.ts';
import { presentableVendorMessage } from './vendor-message.ts';

/** A signed call, to be sent as often as the failure table allows. */
export interface Call<T> {
  readonly outgoing: Pick<Outgoing, 'method' | 'target' | 'headers' | 'body'>;
  /** Whether the same bytes may be sent again after the vendor may have read them. */
  readonly repeatable: boolean;
  readonly signal: AbortSignal | undefined;
  /** What to cut out of the vendor's text. */
  readonly secrets: readonly (string | Uint8Array)[];
  /** Turns a whole answer into the value of the call, or says why it cannot. */
  read(answer: Answer): T | Refusal;
}

/** Delivers the calls of one client. */
export interface Delivery {
  deliver<T>(call: Call<T>): Promise<T>;
  close(): Promise<void>;
}

const BUDGET_FULL = 100;
const BUDGET_PER_RETRY = 5;

/** Attempts, deadline, waits and retry budget: see the failure table for what is retried. */
export function createDelivery(sender: Sender, settings: Settings): Delivery {
  const { baseUrl, timeoutMs, attemptTimeoutMs, retry, onAttempt } = settings;
  const waits = new Set<() => void>();
  let budget = BUDGET_FULL;
  let underway = 0;
  let closing: { readonly done: Promise<void>; readonly finish: () => void } | undefined;

  async function deliver<T>(call: Call<T>): Promise<T> {
    underway++;
    try {
      return await attemptUntilDone(call);
    } finally {
      underway--;
      if (underway === 0) closing?.finish();
    }
  }

  async function attemptUntilDone<T>(call: Call<T>): Promise<T> {
    const { signal, repeatable } = call;
    const deadline = performance.now() + timeoutMs;
    // A timer may fire up to a millisecond early: what is left then is no time for an attempt.
    const lastStart = deadline - 1;
    let requestId: string | undefined;
    if (signal?.aborted === true) throw failure('aborted', 0);
    if (closing !== undefined) throw failure('closed', 0);

    for (let attempt = 1; ; attempt++) {
      const began = performance.now();
      const outcome = await sender.send({
        ...call.outgoing,
        signal,
        ownConnection: !repeatable,
        timeoutMs: Math.min(attemptTimeoutMs, deadline - began),
      });
      const result = 'lost' in outcome ? new Refusal(outcome.lost) : call.read(outcome);
      const failed = result instanceof Refusal ? result : undefined;
      tell(attempt, failed?.code, outcome, began);
      if (!(result instanceof Refusal)) {
        budget = Math.min(BUDGET_FULL, budget + (attempt === 1 ? 1 : BUDGET_PER_RETRY));
        return result;
      }

      const retryAfter = 'lost' in outcome ? undefined : retryAfterMs(outcome.retryAfter, Date.now());
      const error = (code = result.code): FaceVerifyError => failure(code, attempt, outcome, result.advice, retryAfter);
      const again =
        attempt < retry.attempts &&
        budget >= BUDGET_PER_RETRY &&
        mayRetry(result.code, repeatable, 'lost' in outcome && outcome.notSent);
      if (!again) throw error();
      const backoff = Math.min(retry.maxDelayMs, retry.minDelayMs * 2 ** (attempt - 1));
      const wait = Math.max(Math.random() * backoff, retryAfter ?? 0);
      if (performance.now() + wait >= lastStart) throw error();
      budget -= BUDGET_PER_RETRY;
      const interrupted = await pause(wait, signal);
      if (interrupted !== undefined) throw error(interrupted);
      if (performance.now() >= lastStart) throw error();
    }

    function failure(
      code: FailureCode,
      attempts: number,
      outcome?: Answer | Lost,
      advice?: string,
      retryAfter?: number,
    ): FaceVerifyError {
      requestId ??= crypto.randomUUID();
      const upstreamStatus = outcome !== undefined && 'status' in outcome ? outcome.status : undefined;
      const said = outcome !== undefined && 'body' in outcome ? outcome.body : undefined;
      return new FaceVerifyError(code, describe(code, baseUrl, outcome, attempts, advice), {
        requestId,
        attempts,
        upstreamStatus,
        retryAfterMs: retryAfter,
        vendorMessage: said === undefined ? undefined : presentableVendorMessage(said, call.secrets),
      });
    }

    function tell(attempt: number, code: FailureCode | undefined, outcome: Answer | Lost, began: number): void {
      if (onAttempt === undefined) return;
      requestId ??= crypto.randomUUID();
      const upstreamStatus = 'status' in outcome ? outcome.status : undefined;
      try {
        onAttempt({ requestId, attempt, code, upstreamStatus, durationMs: performance.now() - began });
      } catch {
        // A hook that watches must not change what it watches.
      }
    }
  }

  /** Waits; answers with the reason if the wait was cut short. */
  function pause(ms: number, signal: AbortSignal | undefined): Promise<'aborted' | 'closed' | undefined> {
    if (signal?.aborted === true) return Promise.resolve('aborted');
    if (closing !== undefined) return Promise.resolve('closed');
    return new Promise((resolve) => {
      const finish = (reason?: 'aborted' | 'closed'): void => {
        clearTimeout(timer);
        waits.delete(onClose);
        signal?.removeEventListener('abort', onAbort);
        resolve(reason);
      };
      const onAbort = (): void => finish('aborted');
      const onClose = (): void => finish('closed');
      const timer = setTimeout(finish, ms);
      waits.add(onClose);
      signal?.addEventListener('abort', onAbort);
    });
  }

  function close(): Promise<void> {
    if (closing === undefined) {
      let finish = (): void => undefined;
      const done = new Promise<void>((resolve) => {
        finish = resolve;
      }).then(() => sender.close());
      closing = { done, finish };
      for (const endWait of waits) endWait();
      if (underway === 0) finish();
    }
    return closing.done;
  }

  return { deliver, close };
}

/** What the operator reads: the failure, the facts, and what to do. */
function describe(
  code: FailureCode,
  baseUrl: string,
  outcome: Answer | Lost | undefined,
  attempts: number,
  advice: string | undefined,
): string {
  const facts = [`${attempts} attempt${attempts === 1 ? '' : 's'} at ${baseUrl}`];
  if (outcome !== undefined && 'status' in outcome) facts.push(`status ${outcome.status}`);
  if (outcome !== undefined && 'lost' in outcome && outcome.reason !== undefined) facts.push(outcome.reason);
  const help = advice ?? FAILURES[code].advice;
  return `${FAILURES[code].title} (${facts.join(', ')}).${help === '' ? '' : ` ${help}`}`;
}
