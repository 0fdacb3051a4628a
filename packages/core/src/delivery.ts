import { Refusal, retryAfterMs } from './answer.ts';
import type { CancelSignal } from './cancel-signal.ts';
import { FAILURES, FaceVerifyError, type FailureCode, mayRetry } from './failure.ts';
import { callHook } from './hook.ts';
import type { Settings } from './options.ts';
import type { Answer, Outcome, Outgoing, Sender } from './platform/platform.ts';
import { presentableVendorMessage } from './vendor-message.ts';

/** A signed call, to be sent as often as the failure table allows. */
export interface Call<T> {
  readonly outgoing: Outgoing;
  /** Whether the same bytes may be sent again after the vendor may have read them. */
  readonly repeatable: boolean;
  readonly signal: CancelSignal | undefined;
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
    const { outgoing, repeatable, signal } = call;
    const requestId = onAttempt === undefined ? undefined : crypto.randomUUID();
    if (signal?.aborted === true) throw failure(call, requestId, 'aborted', 0);
    if (closing !== undefined) throw failure(call, requestId, 'closed', 0);
    underway++;
    try {
      let began = performance.now();
      const deadline = began + timeoutMs;
      // A timer may fire up to a millisecond early: what is left then is no time for an attempt.
      const lastStart = deadline - 1;

      for (let attempt = 1; ; attempt++) {
        const outcome = await sender.send(outgoing, {
          number: attempt,
          repeatable,
          timeoutMs: Math.min(attemptTimeoutMs, deadline - began),
          signal,
        });
        const result = outcome.lost === undefined ? call.read(outcome) : new Refusal(outcome.lost);
        if (requestId !== undefined) tell(requestId, attempt, result, outcome, began);
        if (!(result instanceof Refusal)) {
          budget = Math.min(BUDGET_FULL, budget + (attempt === 1 ? 1 : BUDGET_PER_RETRY));
          return result;
        }

        const { code, advice } = result;
        const retryAfter = outcome.lost === undefined ? retryAfterMs(outcome.retryAfter, Date.now()) : undefined;
        const error = (why = code): FaceVerifyError =>
          failure(call, requestId, why, attempt, outcome, advice, retryAfter);
        if (
          attempt >= retry.attempts ||
          budget < BUDGET_PER_RETRY ||
          !mayRetry(code, repeatable, outcome.lost !== undefined && outcome.notSent)
        ) {
          throw error();
        }
        const backoff = Math.min(retry.maxDelayMs, retry.minDelayMs * 2 ** (attempt - 1));
        const wait = Math.max(Math.random() * backoff, retryAfter ?? 0);
        if (performance.now() + wait >= lastStart) throw error();
        budget -= BUDGET_PER_RETRY;
        const interrupted = await pause(wait, signal);
        if (interrupted !== undefined) throw error(interrupted);
        began = performance.now();
        if (began >= lastStart) throw error();
      }
    } finally {
      underway--;
      finishIfIdle();
    }
  }

  function finishIfIdle(): void {
    if (underway === 0) closing?.finish();
  }

  function failure(
    call: Call<unknown>,
    requestId: string | undefined,
    code: FailureCode,
    attempts: number,
    outcome?: Outcome,
    advice?: string,
    retryAfter?: number,
  ): FaceVerifyError {
    const said = saidIn(outcome);
    return new FaceVerifyError(code, describe(code, baseUrl, outcome, attempts, advice), {
      requestId: requestId ?? crypto.randomUUID(),
      attempts,
      upstreamStatus: statusOf(outcome),
      retryAfterMs: retryAfter,
      vendorMessage: said === undefined ? undefined : () => presentableVendorMessage(said, call.secrets),
    });
  }

  function tell(requestId: string, attempt: number, result: unknown, outcome: Outcome, began: number): void {
    const code = result instanceof Refusal ? result.code : undefined;
    const durationMs = performance.now() - began;
    if (onAttempt !== undefined) {
      callHook(onAttempt, { requestId, attempt, code, upstreamStatus: statusOf(outcome), durationMs });
    }
  }

  /** Waits; answers with the reason if the wait was cut short. */
  function pause(ms: number, signal: CancelSignal | undefined): Promise<'aborted' | 'closed' | undefined> {
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
      finishIfIdle();
    }
    return closing.done;
  }

  return { deliver, close };
}

/** The status of an answer, if there is one that has one. */
function statusOf(outcome: Outcome | undefined): number | undefined {
  return outcome?.status === 0 ? undefined : outcome?.status;
}

/** What the vendor said, if an answer came that could be read. */
function saidIn(outcome: Outcome | undefined): string | undefined {
  return outcome?.lost === undefined ? outcome?.body : undefined;
}

/** What the operator reads: the failure, the facts, and what to do. */
function describe(
  code: FailureCode,
  baseUrl: string,
  outcome: Outcome | undefined,
  attempts: number,
  advice: string | undefined,
): string {
  const facts = [`${attempts} attempt${attempts === 1 ? '' : 's'} at ${baseUrl}`];
  const status = statusOf(outcome);
  if (status !== undefined) facts.push(`status ${status}`);
  if (outcome?.lost !== undefined && outcome.reason !== undefined) facts.push(outcome.reason);
  const sentences = [`${FAILURES[code].title} (${facts.join(', ')}).`, advice ?? FAILURES[code].advice];
  if (saidIn(outcome)?.trim()) sentences.push('error.vendorMessage() has what the vendor said.');
  return sentences.filter((sentence) => sentence !== undefined).join(' ');
}
