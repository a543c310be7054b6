import { type Call, CallFailure, type Reply } from '../../contract/call.js';
import type { FrozenProvider } from '../../contract/plan.js';
import { type AttemptContext, type AttemptTarget, attempt } from './attempt.js';

/** A provider, connected and limited. Providers of one account share a limiter. */
export interface Endpoint extends AttemptTarget {
  frozen: FrozenProvider;
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

/** How a call ended without a reply, with the number of attempts. */
export class CallGaveUp extends Error {
  constructor(
    readonly failure: CallFailure,
    readonly attempts: number,
  ) {
    super(failure.message, { cause: failure });
    this.name = 'CallGaveUp';
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      if (signal.aborted) reject(new CallFailure('aborted', 'stopped before the next attempt', { retryable: false }));
      else resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener('abort', wake);
    if (signal.aborted) wake();
  });
}

/** Full jitter, so that clients that failed together do not come back together. */
const backoffMs = (tries: number): number => Math.random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** tries);

function noteFailure(endpoint: Endpoint, failure: CallFailure): void {
  if (failure.facts.endpointDown !== true) return;
  endpoint.downCount++;
  if (endpoint.downCount < downAfter || endpoint.down !== null) return;
  const message = `${failure.message} (the same ${endpoint.downCount} times in a row; not asked again)`;
  endpoint.down = new CallFailure(failure.reason, message, failure.facts);
}

const pastDeadline = (last: CallFailure): CallFailure =>
  new CallFailure('deadline', `the cell's deadline passed; last: ${last.message}`, { retryable: true, cause: last });

/**
 * Asks until there is a reply, the failure is final, attempts are used up, or the deadline has passed.
 * @param deadline on `performance.now()`'s clock
 * @throws CallGaveUp
 */
export async function askEndpoint(
  endpoint: Endpoint,
  call: Call,
  deadline: number,
  context: AttemptContext,
): Promise<Reply> {
  for (let tries = 0; ; tries++) {
    if (endpoint.down !== null) throw new CallGaveUp(endpoint.down, tries);
    try {
      const timeoutMs = Math.min(endpoint.timeoutMs, Math.max(1, deadline - performance.now()));
      const reply = await attempt({ ...endpoint, timeoutMs }, call, context);
      endpoint.downCount = 0;
      return reply;
    } catch (error) {
      const failure = error as CallFailure;
      noteFailure(endpoint, failure);
      if (!failure.facts.retryable || tries >= endpoint.retries) throw new CallGaveUp(failure, tries + 1);
      const wait = Math.max(failure.facts.retryAfterMs ?? 0, backoffMs(tries));
      if (performance.now() + wait > deadline) throw new CallGaveUp(pastDeadline(failure), tries + 1);
      try {
        await sleep(wait, context.drain);
      } catch (stopped) {
        throw new CallGaveUp(stopped as CallFailure, tries + 1);
      }
    }
  }
}
