import { type CancelSignal, onAbort } from './cancellation.ts';
import { Failure, FAILURES, FaceVerifyError, mayRetry } from './errors.ts';
import type { Settings } from './options.ts';
import type { OutgoingRequest, Transport } from './platform/platform.ts';
import { presentableVendorMessage } from './redact.ts';
import { type HttpResponse, retryAfterMs } from './response.ts';
import { notify } from './user-functions.ts';

/** A signed call, to be sent as often as the failure table allows. */
export interface Call<T> {
  readonly request: OutgoingRequest;
  /** Whether the same bytes may be sent again after the vendor may have read them. */
  readonly repeatable: boolean;
  readonly signal: CancelSignal | undefined;
  /** The signature, identifiers and other values that must not be shown in text of the vendor. */
  readonly personal: readonly string[];
  /** Turns a response into the result of the call. */
  read(response: HttpResponse): T | Failure;
}

/** One call while it is under way. */
interface Progress {
  readonly call: Call<unknown>;
  readonly requestId: string;
  attempts: number;
}

/** Sends the calls of one client: attempts, deadline, waits and retry budget. */
export class RequestSender {
  readonly #transport: Transport;
  readonly #settings: Settings;
  readonly #waits = new Set<() => void>();
  readonly #failed = new RetryBudget();
  /** Of its own, so that one visitor's declined calls do not use up the retries of others. */
  readonly #declined = new RetryBudget();
  #underway = 0;
  #closed: Promise<void> | undefined;
  #finishClosing: () => void = () => undefined;

  constructor(transport: Transport, settings: Settings) {
    this.#transport = transport;
    this.#settings = settings;
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  async send<T>(call: Call<T>): Promise<T> {
    const { request, repeatable, signal } = call;
    const { timeoutMs, attemptTimeoutMs, retry } = this.#settings;
    const progress = { call, requestId: crypto.randomUUID(), attempts: 0 };
    this.#checkRunning(progress);
    this.#underway++;
    try {
      let began = performance.now();
      const deadline = began + timeoutMs;
      let budget: RetryBudget | undefined;
      for (;;) {
        const response = await this.#transport.send(request, {
          isRetry: progress.attempts++ > 0,
          repeatable,
          timeoutMs: Math.min(attemptTimeoutMs, deadline - began),
          signal,
        });
        const result = response instanceof Failure ? response : call.read(response);
        this.#tellHook(result, response.status, progress, began);
        if (!(result instanceof Failure)) {
          if (budget === undefined) this.#failed.add(1);
          else budget.add(PER_RETRY);
          return result;
        }
        budget = FAILURES[result.code].retry === 'always' ? this.#declined : this.#failed;
        const backoffMs = Math.min(retry.maxDelayMs, retry.minDelayMs * 2 ** (progress.attempts - 1));
        const waitMs = Math.max(Math.random() * backoffMs, retryAfterMs(result.retryAfter, Date.now()) ?? 0);
        if (
          progress.attempts >= retry.attempts ||
          !mayRetry(result, repeatable) ||
          budget.isEmpty ||
          // A timer may fire up to a millisecond early: the last one is no time for an attempt.
          performance.now() + waitMs >= deadline - 1
        ) {
          throw this.#errorOf(result, progress);
        }
        budget.add(-PER_RETRY);
        await this.#wait(waitMs, signal);
        this.#checkRunning(progress, result.status);
        began = performance.now();
        if (began >= deadline - 1) throw this.#errorOf(result, progress);
      }
    } finally {
      this.#underway--;
      if (this.#underway === 0) this.#finishClosing();
    }
  }

  #tellHook(result: unknown, upstreamStatus: number | undefined, progress: Progress, began: number): void {
    const { onAttempt } = this.#settings;
    if (onAttempt === undefined) return;
    notify(onAttempt, {
      requestId: progress.requestId,
      attempt: progress.attempts,
      code: result instanceof Failure ? result.code : undefined,
      upstreamStatus,
      durationMs: performance.now() - began,
    });
  }

  /** Why nothing more may be sent, if so. */
  #stopped(signal: CancelSignal | undefined): 'aborted' | 'closed' | undefined {
    if (signal?.aborted === true) return 'aborted';
    return this.isClosed ? 'closed' : undefined;
  }

  #checkRunning(progress: Progress, status?: number): void {
    const stopped = this.#stopped(progress.call.signal);
    if (stopped !== undefined) throw this.#errorOf(new Failure(stopped, { status }), progress);
  }

  /** Waits, but not after the call was cancelled or the client closed. */
  #wait(ms: number, signal: CancelSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#waits.delete(finish);
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(finish, ms);
      this.#waits.add(finish);
      const unsubscribe = onAbort(signal, finish);
      if (this.#stopped(signal) !== undefined) finish();
    });
  }

  /** No call starts from now on, and waits end. Resolves when no attempt is under way. */
  close(): Promise<void> {
    this.#closed ??= new Promise<void>((resolve) => {
      this.#finishClosing = resolve;
      if (this.#underway === 0) resolve();
    }).then(() => this.#transport.close());
    for (const endWait of this.#waits) endWait();
    return this.#closed;
  }

  /** Closes the connections that no call uses. */
  closeIdleConnections(): void {
    this.#transport.close();
  }

  #errorOf(failure: Failure, { call, requestId, attempts }: Progress): FaceVerifyError {
    const { code, status, body, retryAfter, reason } = failure;
    const { title, advice } = FAILURES[code];
    const facts = [`${attempts} attempt${attempts === 1 ? '' : 's'} at ${this.#settings.baseUrl}`];
    if (status !== undefined) facts.push(`status ${status}`);
    if (reason !== undefined) facts.push(reason);
    const sentences = [`${title} (${facts.join(', ')}).`];
    const fix = failure.advice ?? advice;
    if (fix !== undefined) sentences.push(fix);
    const hasText = body !== undefined && body.trim() !== '';
    if (hasText) sentences.push('See error.vendorMessage().');
    return new FaceVerifyError(code, sentences.join(' '), {
      requestId,
      attempts,
      upstreamStatus: status,
      retryAfterMs: retryAfterMs(retryAfter, Date.now()),
      vendorMessage: hasText ? () => presentableVendorMessage(body, call.personal) : undefined,
    });
  }
}

const FULL = 100;
const PER_RETRY = 5;

/** Bounds retries during an outage. Source: the token bucket of the AWS SDKs' standard retry mode. */
class RetryBudget {
  #tokens = FULL;

  get isEmpty(): boolean {
    return this.#tokens < PER_RETRY;
  }

  add(tokens: number): void {
    this.#tokens = Math.min(FULL, this.#tokens + tokens);
  }
}
