import { type Call, CallFailure, type FailureReason, type Reply } from '../../contract/call.js';
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

/** What an attempt needs beside the endpoint. */
export interface AttemptContext {
  /** Whoever fires `stop` also calls the clock's `abortAll`. */
  clock: AttemptClock;
  traffic: Traffic;
  /** Fires when nothing new is to be sent: what is in flight may still come back. */
  drain: AbortSignal;
  /** Fires when nothing is to be waited for. */
  stop: AbortSignal;
  /** Takes secrets out of a text before it is kept. */
  redact(text: string): string;
}

/** Where an attempt goes. */
export interface AttemptTarget {
  provider: Provider;
  limiter: Limiter;
  timeoutMs: number;
}

const timedOut = (): CallFailure =>
  new CallFailure('timeout', 'no reply within the time for one attempt', { retryable: true });

/** Asks once; ends when the time for one attempt is over, even if the provider ignores its signal. */
function askInTime(target: AttemptTarget, call: Call, clock: AttemptClock): ReturnType<Provider['ask']> {
  return new Promise((resolve, reject) => {
    const attempt = clock.start(target.timeoutMs, () => reject(timedOut()));
    const end =
      <Value>(settle: (value: Value) => void) =>
      (value: Value): void => {
        attempt.done();
        settle(value);
      };
    target.provider.ask(call, attempt.signal).then(end(resolve), end(reject));
  });
}

/** For `tokensPerMinute` only: characters / 4, and the limit of the reply. */
function tokenEstimate({ messages, sampling }: Call): number {
  let characters = 0;
  for (const { content } of messages) characters += content.length;
  return Math.ceil(characters / 4) + (sampling.maxTokens ?? 256);
}

/** Longest message that is kept, in UTF-16 code units. */
const longestMessage = 500;

/** An endpoint's own words may quote what was sent to it. They are cut afterwards: a part of a key is a secret, too. */
function presentable(failure: CallFailure, redact: AttemptContext['redact']): CallFailure {
  const message = redact(failure.message).slice(0, longestMessage).toWellFormed();
  return message === failure.message ? failure : new CallFailure(failure.reason, message, failure.facts);
}

/** A provider that throws anything else has a defect; it must not look like an answer, nor stop the run. */
function asFailure(error: unknown, stop: AbortSignal): CallFailure {
  if (stop.aborted) return new CallFailure('aborted', 'stopped while waiting for the reply', { retryable: false });
  if (error instanceof CallFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallFailure('network', message, { retryable: true, cause: error });
}

/**
 * One request, as soon as the limiter lets it go.
 * @throws CallFailure
 */
export async function attempt(target: AttemptTarget, call: Call, context: AttemptContext): Promise<Reply> {
  const { limiter } = target;
  const { clock, traffic, drain, stop, redact } = context;
  if (drain.aborted) throw new CallFailure('aborted', 'not asked: the run is ending', { retryable: false });
  const tokens = tokenEstimate(call);
  if (!limiter.tryAcquire(tokens)) await limiter.acquire(tokens, drain);
  const sentAt = performance.now();
  traffic.sent++;
  try {
    const { rate, ...reply } = await askInTime(target, call, clock);
    limiter.succeeded(rate);
    return reply;
  } catch (error) {
    const failure = presentable(asFailure(error, stop), redact);
    const { retryAfterMs } = failure.facts;
    if (failure.reason === 'rate_limited' || retryAfterMs !== undefined) limiter.throttled(sentAt, retryAfterMs);
    else limiter.failed();
    traffic.failures[failure.reason] = (traffic.failures[failure.reason] ?? 0) + 1;
    throw failure;
  } finally {
    traffic.returned++;
  }
}
