import { CallFailure } from '../../contract/call.js';
import type { RateFacts } from '../../contract/provider-kind.js';

/** What an account allows. Absent rates are found out by trying. */
export interface LimiterSettings {
  /** Most requests in flight. */
  concurrency: number;
  requestsPerMinute?: number;
  tokensPerMinute?: number;
}

const initialLimit = 16;
/** Share of the limit that stays after a 429. */
const cutTo = 0.7;
const longestPauseMs = 10 * 60_000;

interface Waiter {
  tokens: number;
  go: () => void;
}

/** A bucket that refills at a steady rate and holds at most two seconds' worth, so that a start is no burst. */
class Bucket {
  #level: number;
  #at: number;
  readonly #perMs: number;
  readonly #capacity: number;

  constructor(perMinute: number, now: number) {
    this.#perMs = perMinute / 60_000;
    this.#capacity = Math.max(1, this.#perMs * 2000);
    this.#level = this.#capacity;
    this.#at = now;
  }

  /** Milliseconds until `amount` may be taken; amounts above the capacity go into debt once it is full. */
  delay(amount: number, now: number): number {
    this.#level = Math.min(this.#capacity, this.#level + (now - this.#at) * this.#perMs);
    this.#at = now;
    const missing = Math.min(amount, this.#capacity) - this.#level;
    return missing <= 0 ? 0 : missing / this.#perMs;
  }

  take(amount: number): void {
    this.#level -= amount;
  }
}

/**
 * Admission to one account at one endpoint: an adaptive window of requests in flight (slow start, growth only while
 * the window is in use, one cut per round trip on 429), pauses that the endpoint asks for, and rates where they are given.
 */
export class Limiter {
  #limit: number;
  #inFlight = 0;
  #slowStart = true;
  #pausedUntil = 0;
  #lastCut = 0;
  #queue: Waiter[] = [];
  #head = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #requests: Bucket | null;
  readonly #tokens: Bucket | null;
  /** 429s so far. */
  rateLimited = 0;

  constructor(
    readonly settings: LimiterSettings,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#limit = Math.min(initialLimit, settings.concurrency);
    const { requestsPerMinute, tokensPerMinute } = settings;
    this.#requests = requestsPerMinute === undefined ? null : new Bucket(requestsPerMinute, now());
    this.#tokens = tokensPerMinute === undefined ? null : new Bucket(tokensPerMinute, now());
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Takes a place if one is free at this moment and nobody waits. */
  tryAcquire(tokens: number): boolean {
    if (this.#head < this.#queue.length || this.#inFlight >= Math.floor(this.#limit) || this.#delayFor(tokens) > 0)
      return false;
    this.#take(tokens);
    return true;
  }

  /**
   * Waits for a place.
   * @param tokens estimate for this request, counted against `tokensPerMinute`
   * @throws CallFailure `aborted` when the signal fires first
   */
  acquire(tokens: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted)
      return Promise.reject(new CallFailure('aborted', 'stopped while waiting for the endpoint', { retryable: false }));
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        tokens,
        go: () => {
          signal.removeEventListener('abort', stop);
          resolve();
        },
      };
      const stop = (): void => {
        this.#queue = this.#queue.slice(this.#head).filter((one) => one !== waiter);
        this.#head = 0;
        // A pause of minutes that nobody waits for any more must not keep the process alive.
        if (this.#queue.length === 0) this.#stopTimer();
        reject(new CallFailure('aborted', 'stopped while waiting for the endpoint', { retryable: false }));
      };
      signal.addEventListener('abort', stop, { once: true });
      this.#queue.push(waiter);
      this.#admit();
    });
  }

  /** Gives a place back after a success. */
  succeeded(rate: RateFacts | undefined): void {
    const inUse = this.#inFlight >= this.#limit / 2;
    if (inUse) this.#limit = Math.min(this.settings.concurrency, this.#limit + (this.#slowStart ? 1 : 1 / this.#limit));
    if (rate !== undefined) this.#obey(rate);
    this.#release();
  }

  /** Gives a place back after a failure that says nothing about the rate. */
  failed(): void {
    this.#release();
  }

  /**
   * Gives a place back after a 429 (or 503 with `Retry-After`).
   * @param sentAt when the request went out, on this limiter's clock: older news than the last cut is no new news
   */
  throttled(sentAt: number, retryAfterMs: number | undefined): void {
    this.rateLimited++;
    const now = this.now();
    if (sentAt >= this.#lastCut) {
      this.#lastCut = now;
      this.#slowStart = false;
      this.#limit = Math.max(1, this.#limit * cutTo);
    }
    if (retryAfterMs !== undefined)
      this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(retryAfterMs, longestPauseMs));
    this.#release();
  }

  #obey(rate: RateFacts): void {
    const exhausted = rate.remainingRequests === 0 || rate.remainingTokens === 0;
    if (exhausted && rate.resetMs !== undefined) {
      this.#pausedUntil = Math.max(this.#pausedUntil, this.now() + Math.min(rate.resetMs, longestPauseMs));
    }
  }

  #stopTimer(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
  }

  #release(): void {
    this.#inFlight--;
    this.#admit();
  }

  #admit(): void {
    while (this.#head < this.#queue.length && this.#inFlight < Math.floor(this.#limit)) {
      const waiter = this.#queue[this.#head]!;
      const delay = this.#delayFor(waiter.tokens);
      if (delay > 0) {
        this.#timer ??= setTimeout(() => {
          this.#timer = null;
          this.#admit();
        }, Math.ceil(delay));
        return;
      }
      this.#head++;
      if (this.#head > 1024) {
        this.#queue = this.#queue.slice(this.#head);
        this.#head = 0;
      }
      this.#take(waiter.tokens);
      waiter.go();
    }
  }

  #take(tokens: number): void {
    this.#requests?.take(1);
    this.#tokens?.take(tokens);
    this.#inFlight++;
  }

  /** Milliseconds until a request of so many tokens may go out, as far as pauses and rates are concerned. */
  #delayFor(tokens: number): number {
    if (this.#pausedUntil === 0 && this.#requests === null && this.#tokens === null) return 0;
    const now = this.now();
    return Math.max(this.#pausedUntil - now, this.#requests?.delay(1, now) ?? 0, this.#tokens?.delay(tokens, now) ?? 0);
  }
}
