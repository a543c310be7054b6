/** An attempt that is on its way. */
export interface RunningAttempt {
  signal: AbortSignal;
  /** Takes it off the clock. */
  done(): void;
}

interface Entry {
  deadline: number;
  controller: AbortController;
  expired: () => void;
}

/**
 * Deadlines of many attempts on one timer: a timer and an `AbortSignal.timeout` of its own for each of hundreds of
 * thousands of requests would cost more than the requests' own bookkeeping.
 */
export class AttemptClock {
  readonly #running = new Set<Entry>();
  #timer: NodeJS.Timeout | null = null;

  /** @param tickMs how late a deadline may be noticed */
  constructor(private readonly tickMs = 100) {}

  /**
   * @param expired called once when `timeoutMs` have passed or everything is aborted, unless `done` came first; the
   *   signal fires just before
   */
  start(timeoutMs: number, expired: () => void): RunningAttempt {
    const entry: Entry = { deadline: performance.now() + timeoutMs, controller: new AbortController(), expired };
    this.#running.add(entry);
    this.#timer ??= setInterval(() => this.#sweep(performance.now()), this.tickMs);
    return { signal: entry.controller.signal, done: () => this.#remove(entry) };
  }

  /** Ends everything that is running. */
  abortAll(): void {
    this.#sweep(Number.POSITIVE_INFINITY);
  }

  #sweep(now: number): void {
    for (const entry of this.#running) {
      if (entry.deadline > now) continue;
      this.#remove(entry);
      entry.controller.abort();
      entry.expired();
    }
  }

  #remove(entry: Entry): void {
    this.#running.delete(entry);
    if (this.#running.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}
