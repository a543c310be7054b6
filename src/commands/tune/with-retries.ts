import { setTimeout as sleep } from 'node:timers/promises';
import { CallFailure } from '../../contract/call.js';

/** How often and how long an endpoint is asked. */
export interface Patience {
  /** Attempts after the first. */
  retries: number;
  /** Longest time of one attempt, ms. */
  timeoutMs: number;
  /** Ends everything. */
  signal: AbortSignal;
  /** Told of each attempt that failed and is made again. */
  notify(line: string): void;
}

const firstWaitMs = 500;
const longestWaitMs = 30_000;

/**
 * One attempt, with its time limit.
 * @throws CallFailure `timeout` after `timeoutMs`; what the call throws; or the reason of `signal`
 */
export async function attempt<T>(call: (signal: AbortSignal) => Promise<T>, patience: Patience): Promise<T> {
  const { timeoutMs, signal } = patience;
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await call(AbortSignal.any([signal, deadline]));
  } catch (error) {
    signal.throwIfAborted();
    if (!deadline.aborted) throw error;
    throw new CallFailure('timeout', `no answer within ${timeoutMs / 1000} s`, { retryable: true, cause: error });
  }
}

/**
 * Waits before the next attempt: twice as long each time, and never less than the endpoint asks for.
 * @param failed failed attempts before this one
 * @throws the error, if it may not be tried again, or has been often enough
 */
export async function pauseAfter(error: unknown, failed: number, { retries, signal, notify }: Patience): Promise<void> {
  if (!(error instanceof CallFailure) || !error.facts.retryable || failed >= retries) throw error;
  const wait = Math.max(Math.min(firstWaitMs * 2 ** failed, longestWaitMs), error.facts.retryAfterMs ?? 0);
  notify(`${error.message}; trying again in ${(wait / 1000).toFixed(1)} s`);
  await sleep(wait, undefined, { signal });
}

/**
 * Calls until it succeeds, at most `retries` times more.
 * @throws CallFailure the last one; or the reason of `signal`
 */
export async function withRetries<T>(call: (signal: AbortSignal) => Promise<T>, patience: Patience): Promise<T> {
  for (let failed = 0; ; failed++) {
    try {
      return await attempt(call, patience);
    } catch (error) {
      await pauseAfter(error, failed, patience);
    }
  }
}
