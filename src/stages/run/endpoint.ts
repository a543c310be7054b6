import { type Call, CallFailure, type FailureReason, type Reply } from '../../contract/call.js';
import type { FrozenProvider } from '../../contract/plan.js';
import type { Provider } from '../../contract/provider-kind.js';
import type { AttemptClock } from './attempt-clock.js';
import type { Limiter } from './limiter.js';

/** Counters of what this invocation did; feeds progress and `effort`. */
export interface Traffic {
  sent: number;
  returned: number;
  recorded: number;
  reused: number;
  failures: { [reason in FailureReason]?: number };
}

/** A provider, connected and limited. Providers of one account share a limiter. */
export interface Endpoint {
  frozen: FrozenProvider;
  provider: Provider;
  limiter: Limiter;
  timeoutMs: number;
  /** Attempts after the first. */
  retries: number;
  /** Set once the endpoint has shown that every call fails alike. */
  down: CallFailure | null;
  /** Failures in a row of the kind that brings an endpoint down. */
  downCount: number;
}

/** So many failures in a row that would hit every call (wrong key, no such model) make an endpoint count as down. */
const downAfter = 5;
const firstBackoffMs = 250;
const longestBackoffMs = 30_000;

/** What an attempt needs beside the endpoint. */
export interface AttemptContext {
  /** Whoever fires `stop` also calls the clock's `abortAll`. */
  clock: AttemptClock;
  traffic: Traffic;
  /** Fires on the second Ctrl-C. */
  stop: AbortSignal;
  /** Called before each attempt; throws RunHalted once the run is draining. */
  admit(): void;
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(new CallFailure('aborted', 'stopped while waiting to try again', { retryable: false }));
    };
    signal.addEventListener('abort', stop, { once: true });
  });

/** Full jitter, so that clients that failed together do not come back together. */
const backoffMs = (attempt: number): number =>
  Math.random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** attempt);

const timedOut = (): CallFailure =>
  new CallFailure('timeout', 'no reply within the time for one attempt', { retryable: true });

/** Asks once; ends when the time for one attempt is over, even if the provider ignores its signal. */
function askInTime({ provider, timeoutMs }: Endpoint, call: Call, clock: AttemptClock): ReturnType<Provider['ask']> {
  return new Promise((resolve, reject) => {
    const attempt = clock.start(timeoutMs, () => reject(timedOut()));
    const end =
      <Value>(settle: (value: Value) => void) =>
      (value: Value): void => {
        attempt.done();
        settle(value);
      };
    provider.ask(call, attempt.signal).then(end(resolve), end(reject));
  });
}

/** For `tokensPerMinute` only: characters / 4, and the limit of the reply. */
function tokenEstimate({ messages, sampling }: Call): number {
  let characters = 0;
  for (const { content } of messages) characters += content.length;
  return Math.ceil(characters / 4) + (sampling.maxTokens ?? 256);
}

async function attempt(endpoint: Endpoint, call: Call, { clock, traffic, stop }: AttemptContext): Promise<Reply> {
  const { limiter } = endpoint;
  const tokens = tokenEstimate(call);
  if (!limiter.tryAcquire(tokens)) await limiter.acquire(tokens, stop);
  const sentAt = performance.now();
  traffic.sent++;
  try {
    const { rate, ...reply } = await askInTime(endpoint, call, clock);
    limiter.succeeded(rate);
    return reply;
  } catch (error) {
    const failure = asFailure(error, stop);
    const { retryAfterMs } = failure.facts;
    if (failure.reason === 'rate_limited' || retryAfterMs !== undefined) limiter.throttled(sentAt, retryAfterMs);
    else limiter.failed();
    traffic.failures[failure.reason] = (traffic.failures[failure.reason] ?? 0) + 1;
    throw failure;
  } finally {
    traffic.returned++;
  }
}

/** A provider that throws anything else has a defect; it must not look like an answer, nor stop the run. */
function asFailure(error: unknown, stop: AbortSignal): CallFailure {
  if (stop.aborted) return new CallFailure('aborted', 'stopped while waiting for the reply', { retryable: false });
  if (error instanceof CallFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallFailure('network', message, { retryable: true, cause: error });
}

function noteFailure(endpoint: Endpoint, failure: CallFailure): void {
  if (failure.facts.endpointDown !== true) return;
  endpoint.downCount++;
  if (endpoint.downCount < downAfter || endpoint.down !== null) return;
  endpoint.down = new CallFailure(
    failure.reason,
    `${failure.message} (the same ${endpoint.downCount} times in a row; not asked again)`,
    failure.facts,
  );
}

/** How a call ended, with the number of attempts. */
export class CallGaveUp extends Error {
  constructor(
    readonly failure: CallFailure,
    readonly attempts: number,
  ) {
    super(failure.message, { cause: failure });
    this.name = 'CallGaveUp';
  }
}

/**
 * Asks until there is a reply, the failure is final, attempts are used up, or the deadline has passed.
 * @param deadline on `performance.now()`'s clock
 * @throws CallGaveUp, or what `context.admit` throws
 */
export async function askEndpoint(
  endpoint: Endpoint,
  call: Call,
  deadline: number,
  context: AttemptContext,
): Promise<Reply> {
  for (let tries = 0; ; tries++) {
    if (endpoint.down !== null) throw new CallGaveUp(endpoint.down, tries);
    context.admit();
    try {
      const reply = await attempt(endpoint, call, context);
      endpoint.downCount = 0;
      return reply;
    } catch (error) {
      const failure = error as CallFailure;
      noteFailure(endpoint, failure);
      if (!failure.facts.retryable || tries >= endpoint.retries) throw new CallGaveUp(failure, tries + 1);
      const wait = Math.max(failure.facts.retryAfterMs ?? 0, backoffMs(tries));
      if (performance.now() + wait > deadline) {
        throw new CallGaveUp(
          new CallFailure('deadline', `the cell's deadline passed; last: ${failure.message}`, {
            retryable: true,
            cause: failure,
          }),
          tries + 1,
        );
      }
      await sleep(wait, context.stop);
    }
  }
}
