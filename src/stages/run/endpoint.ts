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

/** Resolves or rejects with the attempt, or rejects when the signal fires, even if the provider ignores the signal. */
function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (): void =>
      reject(new CallFailure('timeout', 'no reply within the time for one attempt', { retryable: true }));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

async function attempt(endpoint: Endpoint, call: Call, context: AttemptContext): Promise<Reply> {
  const { limiter } = endpoint;
  const tokens =
    Math.ceil(call.messages.reduce((total, message) => total + message.content.length, 0) / 4) +
    (call.sampling.maxTokens ?? 256);
  if (!limiter.tryAcquire(tokens)) await limiter.acquire(tokens, context.stop);
  const sentAt = performance.now();
  const controller = context.clock.start(endpoint.timeoutMs);
  context.traffic.sent++;
  try {
    const { rate, ...reply } = await untilAborted(endpoint.provider.ask(call, controller.signal), controller.signal);
    limiter.succeeded(rate);
    return reply;
  } catch (error) {
    const failure = asFailure(error, controller.signal, context.stop);
    if (failure.reason === 'rate_limited' || failure.facts.retryAfterMs !== undefined)
      limiter.throttled(sentAt, failure.facts.retryAfterMs);
    else limiter.failed();
    context.traffic.failures[failure.reason] = (context.traffic.failures[failure.reason] ?? 0) + 1;
    throw failure;
  } finally {
    context.traffic.returned++;
    context.clock.stop(controller);
  }
}

/** A provider that throws anything else has a defect; it must not look like an answer, nor stop the run. */
function asFailure(error: unknown, signal: AbortSignal, stop: AbortSignal): CallFailure {
  if (stop.aborted) return new CallFailure('aborted', 'stopped while waiting for the reply', { retryable: false });
  if (error instanceof CallFailure) return error;
  if (signal.aborted)
    return new CallFailure('timeout', 'no reply within the time for one attempt', { retryable: true });
  return new CallFailure('network', error instanceof Error ? error.message : String(error), {
    retryable: true,
    cause: error,
  });
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
